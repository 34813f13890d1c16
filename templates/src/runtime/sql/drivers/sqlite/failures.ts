import { SqlFailure, type SqlFailureKind } from '../../driver.js';
import { failure, nameOf, textOf } from '../failures.js';
import { TOO_LARGE } from './execute.js';
import { NO_WRITE_AHEAD_LOG, NUL_IN_TEXT } from './library.js';

type Rule = [pattern: RegExp, kind: SqlFailureKind, text?: (found: RegExpExecArray) => string];

/** The texts of SQLite are the same in both builds, and one of them has no numbers. */
const RULES: Rule[] = [
  [
    /^UNIQUE constraint failed: (.*)$/s,
    'conflict',
    (found) => `There is already a row with the same ${columnsOf(found[1])} (unique key).`,
  ],
  [
    /^NOT NULL constraint failed: (.*)$/s,
    'conflict',
    (found) => `The column ${columnsOf(found[1])} must have a value.`,
  ],
  [
    /^CHECK constraint failed: (.*)$/s,
    'conflict',
    (found) => `A value breaks the check ${nameOf(found[1])}.`,
  ],
  [
    /^FOREIGN KEY constraint failed/,
    'conflict',
    () => 'The row refers to one that does not exist, or others refer to it.',
  ],
  [/constraint failed/, 'conflict'],
  [/^database (?:table )?is locked|^database schema is locked/, 'unavailable', () => LOCKED],
  [/readonly database/, 'denied', () => 'Nothing can be changed here: the database is read-only.'],
  [/^not authorized|^authorization denied/, 'denied'],
  [/^no such file$/, 'internal', () => 'The file of the database does not exist.'],
  [/unable to open database|^Could not open the database/, 'internal', () => CANNOT_OPEN],
  [new RegExp(NO_WRITE_AHEAD_LOG), 'internal', () => WRITE_AHEAD_LOG],
  [/malformed|file is not a database/, 'internal', () => 'The file of the database is damaged.'],
  [/database or disk is full|out of memory/, 'full'],
  [/^string or blob too big/, 'value', () => 'A value is too large.'],
  [new RegExp(TOO_LARGE), 'large'],
  [new RegExp(NUL_IN_TEXT), 'value', () => 'A text holds a character that cannot be stored.'],
  [/^datatype mismatch|cannot store .* value in/, 'value'],
  [/integer overflow/, 'value', () => 'A number is out of range.'],
  [/^interrupted/, 'cancelled'],
  [
    /^(?:no such (?:table|column|function|index|module)|near |ambiguous column|misuse of|wrong number of arguments|incomplete input|unrecognized token|table .* has no column|.* values for .* columns|.* may not be modified|row value misused)/s,
    'statement',
    (found) =>
      `The database did not accept the statement: ${found.input.replace(/\s+/g, ' ').slice(0, 200)}.`,
  ],
  [/disk I\/O error/, 'internal'],
];

const LOCKED = 'Another program uses the database. Try again later.';
const WRITE_AHEAD_LOG =
  'The database uses a write-ahead log, which this server can read on Node 22.16 or later only; or set PRAGMA journal_mode = DELETE.';
const CANNOT_OPEN = 'The file of the database cannot be opened.';

/** Names what went wrong for callers, without a value of any row: those are in `detail`, for the log. */
export function sqliteFailure(error: unknown, code?: number): SqlFailure {
  if (error instanceof SqlFailure) return error;
  const detail = textOf(error);
  for (const [pattern, kind, text] of RULES) {
    const found = pattern.exec(detail);
    if (!found) continue;
    return failure(kind, {
      detail,
      ...(code !== undefined && { code: String(code) }),
      ...(text && { message: text(found) }),
    });
  }
  return failure('statement', { detail, ...(code !== undefined && { code: String(code) }) });
}

/** `item.a, item.b` without the table. */
function columnsOf(list = ''): string {
  return nameOf(
    list
      .split(', ')
      .map((name) => name.slice(name.indexOf('.') + 1))
      .join(', '),
  );
}
