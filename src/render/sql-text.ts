const RIGHTS = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);

/** Line breaks, and what makes a text look like another one. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/**
 * A name in standard SQL on one line, with escapes for what would not be seen:
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html. NUL, which cannot stand in one, is refused.
 */
export function sqlName(name: string): string {
  if (name.includes('\0')) throw new TypeError('not a name: it holds U+0000');
  const inQuotes = name.replaceAll('"', '""');
  if (!UNSEEN.test(name)) return `"${inQuotes}"`;
  const escaped = inQuotes.replaceAll('\\', '\\\\').replaceAll(new RegExp(UNSEEN, 'gu'), escapeOf);
  return `U&"${escaped}"`;
}

function escapeOf(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return hex.length > 4 ? `\\+${hex.padStart(6, '0')}` : `\\${hex.padStart(4, '0')}`;
}

/** A name of MySQL, which has no escapes in names: one that cannot be seen whole is refused. */
export function mysqlName(name: string): string {
  // A line break would end a comment, and nobody would see what follows.
  if (UNSEEN.test(name)) throw new TypeError('not a name that can be seen whole');
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A plain word as a text in quotes. Others are refused: between dollars, as in DO, no quotes would hold them. */
export function sqlWord(word: string): string {
  if (!/^[\p{L}\p{N}_-]+$/u.test(word)) throw new TypeError('not a plain word');
  return `'${word}'`;
}

/** A list of rights, of which there are four. */
export function sqlRights(rights: string): string {
  const list = rights.split(', ');
  if (!list.every((right) => RIGHTS.has(right))) throw new TypeError('not a list of rights');
  return list.join(', ');
}
