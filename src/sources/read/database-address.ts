const SCHEME = /^(?:postgres|postgresql|mysql|mariadb|sqlite):/i;

/** Whether a word is the address of a live database: `postgres://…`, `mysql://…`, `sqlite:./file`. */
export function isDatabaseAddress(source: string): boolean {
  return SCHEME.test(source);
}

/** The address as it may be shown and kept: without user, password and options. */
export function withoutCredentials(address: string): string {
  const plain = address.replace(/[?#].*$/s, '');
  return plain.replace(/^([a-z]+:\/\/).*@/is, '$1');
}
