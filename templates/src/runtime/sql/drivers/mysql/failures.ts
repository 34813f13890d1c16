import { SqlFailure, type SqlFailureKind } from '../../driver.js';
import { codeOf, connectionText, failure, isNetworkError, nameOf, textOf } from '../failures.js';

/** What `mysql2` tells of an error of the server. */
export type ServerError = Error & { errno: number; sqlState?: string; sqlMessage?: string };

const KINDS: [SqlFailureKind, number[]][] = [
  ['unavailable', [1040, 1053, 1077, 1129, 1152, 1158, 1159, 1160, 1161, 1203, 1226, 1927, 4031]],
  ['timeout', [1969, 3024]],
  ['cancelled', [1317]],
  ['denied', [1036, 1142, 1143, 1227, 1290, 1369, 1370, 1419, 1792, 1836]],
  [
    'conflict',
    [
      1022, 1048, 1062, 1169, 1205, 1213, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 1761, 3819,
      4025, 1020,
    ],
  ],
  [
    'value',
    [
      1153, 1264, 1265, 1292, 1365, 1366, 1367, 1406, 1411, 1416, 1690, 3140, 3141, 3156, 3903,
      1441, 1525,
    ],
  ],
  ['full', [1021, 1030, 1037, 1041, 1114, 1301, 1812, 1878]],
  ['internal', [1038, 1044, 1045, 1049, 1130, 1251, 1698, 3118]],
];

const KIND_OF = new Map(KINDS.flatMap(([kind, codes]) => codes.map((code) => [code, kind])));

const TEXTS: Record<number, (message: string) => string> = {
  // MySQL, and not MariaDB, puts the name of the table before it.
  1062: (text) =>
    `There is already a row with the same key (unique key ${nameIn(text, /for key '(?:[^'.]*\.)?([^']*)'$/)}).`,
  1048: (text) => `The column ${nameIn(text, /^Column '([^']*)'/)} must have a value.`,
  1364: (text) => `The column ${nameIn(text, /^Field '([^']*)'/)} must have a value.`,
  1451: (text) =>
    `Other rows refer to this one (foreign key ${nameIn(text, /CONSTRAINT `([^`]*)`/)}).`,
  1452: (text) =>
    `What the row refers to does not exist (foreign key ${nameIn(text, /CONSTRAINT `([^`]*)`/)}).`,
  3819: (text) => `A value breaks the check ${nameIn(text, /constraint '([^']*)'/)}.`,
  4025: (text) => `A value breaks the check ${nameIn(text, /^CONSTRAINT `([^`]*)`/)}.`,
  1406: (text) =>
    `A value is too long for the column ${nameIn(text, /column '?([^']*?)'? at row/)}.`,
  1264: (text) =>
    `A value is out of the range of the column ${nameIn(text, /column '?([^']*?)'? at row/)}.`,
  1038: () =>
    'The database cannot put rows in order by values as long as these. Order by other columns.',
  1153: () => 'A value is larger than the database takes.',
  1205: () => 'Another transaction holds the rows. Try again.',
  1213: () => 'Two transactions waited for each other and this one was stopped. Try again.',
  1792: () => 'Nothing can be changed here: the transaction is read-only.',
  1040: () => 'The database has no free connection. Try again later.',
  1044: () => 'The user of this server may not use its database.',
  1045: () => 'The database refused the user or the password of this server.',
  1698: () => 'The database refused the user of this server.',
  1049: () => 'The database of this server does not exist.',
};

/** Whose messages consist of the statement itself, which its writer needs to mend it. */
const ABOUT_STATEMENT = new Set([
  1054, 1064, 1146, 1305, 1052, 1055, 1056, 1110, 1111, 1140, 1222, 1241, 1248, 1318, 1247, 1582,
]);

/** Names what went wrong for callers, without a value of any row: those are in `detail`, for the log. */
export function mysqlFailure(error: unknown): SqlFailure {
  if (error instanceof SqlFailure) return error;
  if (!isServerError(error)) {
    const code = codeOf(error);
    const text = connectionText(code);
    return failure(isConnectionLoss(error) ? 'unavailable' : 'internal', {
      ...(text !== undefined && { message: text }),
      ...(code !== undefined && { code }),
      detail: textOf(error),
    });
  }
  const { errno, sqlState = '' } = error;
  const detail = error.sqlMessage ?? error.message;
  const text = ABOUT_STATEMENT.has(errno)
    ? `The database did not accept the statement: ${detail.replace(/\s+/g, ' ').slice(0, 200)}.`
    : TEXTS[errno]?.(detail);
  return failure(KIND_OF.get(errno) ?? kindOfState(sqlState), {
    code: String(errno),
    ...(text !== undefined && { message: text }),
    detail,
  });
}

/** Section 13.2 of the SQL standard names the classes. 45000 is what triggers and procedures signal. */
function kindOfState(state: string): SqlFailureKind {
  if (state.startsWith('42')) return 'statement';
  if (state.startsWith('22')) return 'value';
  if (state.startsWith('23') || state.startsWith('40') || state.startsWith('45')) return 'conflict';
  return state.startsWith('08') ? 'unavailable' : 'statement';
}

export function isServerError(error: unknown): error is ServerError {
  return (
    error instanceof Error &&
    'sqlState' in error &&
    'errno' in error &&
    typeof error.errno === 'number'
  );
}

export function isConnectionLoss(error: unknown): boolean {
  if (isServerError(error)) return [1053, 1077, 1927, 4031].includes(error.errno);
  return (
    isNetworkError(error) || /^PROTOCOL_|closed state/.test(`${codeOf(error) ?? textOf(error)}`)
  );
}

function nameIn(text: string, pattern: RegExp): string {
  return nameOf(pattern.exec(text)?.[1]) || 'of the table';
}
