/** The offset after a quoted piece that begins at `start`; one behind the end of the text where it is never closed. */
export function skipQuoted(text: string, start: number): number {
  const quote = text[start]!;
  const stop = quote === '`' ? /`/g : quote === "'" ? /['\\]/g : /["\\]/g;
  let at = start + 1;
  for (;;) {
    stop.lastIndex = at;
    const found = stop.exec(text);
    if (!found) return text.length + 1;
    if (found[0] === '\\') at = found.index + 2;
    else if (text[found.index + 1] === quote) at = found.index + 2;
    else return found.index + 1;
  }
}

/** `1` for a dash pair that begins a comment: with white space after it, or first on its line as people write it. */
export function isDashComment(text: string, at: number): boolean {
  const next = text[at + 2];
  if (next === undefined || next <= ' ') return true;
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return text.slice(line, at).trim() === '';
}

export function skipLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

const OPENER = /\/\*M?!(\d{5,6})?/y;
/** Versions from here on belong to no server: dumps hide client commands behind them. */
const FAR_VERSION = 999_000;

/**
 * The length of the opener of a comment that servers execute, which is then code up to the next star and slash; 0 for a plain
 * comment. A version is not compared: what a dump says for newer servers is part of its schema.
 */
export function executableOpener(text: string, at: number): number {
  OPENER.lastIndex = at;
  const found = OPENER.exec(text);
  if (!found) return 0;
  return Number(found[1] ?? 0) >= FAR_VERSION ? 0 : found[0].length;
}

export function skipComment(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}

const PLACEHOLDER =
  /\{\{\s*\w+\s*\}\}|\$?\{\$?[A-Za-z_][\w$>.-]*\}|%[A-Za-z_]\w*%|\$\w+->(?:prefix\b)?|#__(?=[A-Za-z])|@[A-Za-z_]\w*@/y;

/** What an installer replaces by a prefix of table names, e.g. `{PREFIX}`, `%TABLE_PREFIX%`, `$wpdb->`, `#__`. */
export function placeholderAt(text: string, at: number): string | undefined {
  PLACEHOLDER.lastIndex = at;
  return PLACEHOLDER.exec(text)?.[0];
}
