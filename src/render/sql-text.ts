const RIGHTS = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * A name in standard SQL on one line, with escapes for what would not be seen:
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html. NUL, which cannot stand in one, is refused.
 */
export function sqlName(name: string): string {
  if (name.includes('\0')) throw new TypeError('not a name: it holds U+0000');
  const inQuotes = name.replaceAll('"', '""');
  if (!CONTROLS.test(name)) return `"${inQuotes}"`;
  const escaped = inQuotes
    .replaceAll('\\', '\\\\')
    .replaceAll(new RegExp(CONTROLS, 'g'), (character) => `\\${hex(character)}`);
  return `U&"${escaped}"`;
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');

/** Whether MySQL can be told a name on one line: it has no escapes in names. */
export function isMysqlName(name: string): boolean {
  return !CONTROLS.test(name);
}

/** A name of MySQL; one that `isMysqlName` is not true of is refused. */
export function mysqlName(name: string): string {
  // A line break would end a comment, and nobody would see what follows.
  if (!isMysqlName(name)) throw new TypeError('not a name: it holds control characters');
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A list of rights, of which there are four. */
export function sqlRights(rights: string): string {
  const list = rights.split(', ');
  if (!list.every((right) => RIGHTS.has(right))) throw new TypeError('not a list of rights');
  return list.join(', ');
}
