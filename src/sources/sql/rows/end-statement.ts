import { beginCopy, plainName } from './begin-statement.js';
import { countRows, keepRead, passLineEnd, skipRead, type Scan } from './scan.js';

const COPY = /^copy\s+((?:"(?:[^"]|"")*"|[^\s("]+)+)[\s\S]*\bfrom\s+stdin\b/i;
const LARGE_OBJECT =
  /^(?:select\s+(?:pg_catalog\s*\.\s*)?(?:lo_\w+|lowrite|loread)\s*\(|(?:alter|comment\s+on|grant\s[^;]*\son|revoke\s[^;]*\son)\s+large\s+object\b)/i;
const LOCK = /^\s*(?:\/\*M?!\d*\s*)?(?:un)?lock\s+tables?\b/i;
const NO_ESCAPES =
  /^\s*(?:\/\*M?!\d*\s*)?set\b[\s\S]*\bsql_mode\b[\s\S]*'[^']*\bNO_BACKSLASH_ESCAPES\b/i;
const SQL_MODE = /^\s*(?:\/\*M?!\d*\s*)?set\b[\s\S]*\bsql_mode\s*=/i;
const PLAIN_STRINGS =
  /^set\s+(?:session\s+)?standard_conforming_strings\s*(?:=|\bto\b)\s*'?(on|off)\b/i;
const INSERT = /^\s*(?:\/\*M?!\d*\s*)?(?:insert|replace)\s+(?:into\s+)?([^\s(]+)/i;
/** So much of a statement is looked at; lists of columns are long. */
const MOST_LOOKED_AT = 400_000;

/** What becomes of a statement that ends at `end`: kept, or left out as what belongs to rows. */
export function endStatement(scan: Scan, end: number): void {
  const { kept, statement, rules } = scan;
  const words = statement?.words ?? '';
  scan.statement = undefined;
  scan.at = end;
  keepRead(scan);
  scan.lineStart = -1;
  const look = () => kept.sinceMark(MOST_LOOKED_AT).trimStart();
  if (rules.dialect === 'postgres') {
    const copied = words.startsWith(' copy ') ? COPY.exec(look()) : null;
    if (copied) {
      kept.forget();
      beginCopy(scan, Buffer.from(copied[1]!, 'latin1').toString('utf8'));
      return;
    }
    if (
      /^ (?:select|alter large|comment on large|grant|revoke) /.test(words) &&
      LARGE_OBJECT.test(look())
    )
      return leaveOut(scan, true);
    const strings = words.startsWith(' set ') ? PLAIN_STRINGS.exec(look())?.[1] : undefined;
    if (strings) rules.escapes = strings.toLowerCase() === 'off';
  }
  if (rules.dialect === 'mysql') {
    if (/^ (?:un)?lock table/.test(words) && LOCK.test(look())) return leaveOut(scan);
    if (words.startsWith(' set ') && SQL_MODE.test(look()))
      rules.escapes = !NO_ESCAPES.test(look());
  }
  // Values that are selected from nothing are rows too.
  if (/^ (?:insert|replace) /.test(words) && statement!.selects > 0 && !statement!.hasFrom) {
    const name = INSERT.exec(look())?.[1] ?? '';
    countRows(scan, plainName(Buffer.from(name, 'latin1').toString('utf8')), statement!.selects);
    leaveOut(scan);
  }
}

/** `withBlanks`: the empty lines behind it too, of which there are some for each large object. */
function leaveOut(scan: Scan, withBlanks = false): void {
  scan.kept.forget();
  if (!scan.isAlone) return;
  passLineEnd(scan);
  while (withBlanks && isBlankLine(scan)) passLineEnd(scan);
  skipRead(scan);
  scan.lineStart = scan.at;
}

function isBlankLine({ bytes, at }: Scan): boolean {
  let end = at;
  while (bytes[end] === 0x20 || bytes[end] === 0x09 || bytes[end] === 0x0d) end += 1;
  return bytes[end] === 0x0a;
}
