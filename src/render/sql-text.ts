const RIGHTS = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);

/** A name in standard SQL on one line; what cannot stand in one is refused. */
export function sqlName(name: string): string {
  return `"${checked(name).replaceAll('"', '""')}"`;
}

/** A name of MySQL. */
export function mysqlName(name: string): string {
  return `\`${checked(name).replaceAll('`', '``')}\``;
}

/** A list of rights, of which there are four. */
export function sqlRights(rights: string): string {
  const list = rights.split(', ');
  if (!list.every((right) => RIGHTS.has(right))) throw new TypeError('not a list of rights');
  return list.join(', ');
}

function checked(name: string): string {
  // A line break would end a comment, and nobody would see what follows.
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name)) {
    throw new TypeError('a name with control characters cannot be written as SQL');
  }
  return name;
}
