const SCHEME = /^(?:postgres|postgresql|mysql|mariadb|sqlite):/i;

/** Whether a word is the address of a live database: `postgres://…`, `mysql://…`, `sqlite:./file`. */
export function isDatabaseAddress(source: string): boolean {
  return SCHEME.test(source);
}

/** The address as it may be shown and kept: without password and options. */
export function withoutCredentials(address: string): string {
  const plain = address.replace(/[?#].*$/s, '');
  const [, scheme, user = '', rest] = /^([a-z]+:\/\/)(.*)@(.*)$/is.exec(plain) ?? [];
  if (scheme === undefined) return plain;
  const name = user.split(':')[0]!;
  // A user that does not look like one may be a part of the password.
  return /^[\w.%-]+$/.test(name) && user !== '' ? `${scheme}${name}@${rest}` : `${scheme}${rest}`;
}
