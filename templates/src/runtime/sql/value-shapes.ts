import type { SqlColumnKind, SqlDialect } from './database.js';

const DAY = String.raw`-?\d{4,6}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?`;
const ZONE = String.raw`(?: ?(?:Z|[+-]\d{2}(?::?\d{2}(?::\d{2})?)?))`;
const ERA = '(?: BC)?';

const whole = (source: string): RegExp => new RegExp(`^${source}$`, 'i');

const DATE = whole(`${DAY}${ERA}`);
const TIME = whole(`${CLOCK}${ZONE}?`);
/** MySQL's TIME is a span as well. */
const LONG_TIME = whole(String.raw`-?\d{1,3}:[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?`);
const LOCAL = whole(`${DAY}(?:[T ]${CLOCK})?${ERA}`);
const ZONED = whole(`${DAY}(?:[T ]${CLOCK}${ZONE}?)?${ERA}`);
const UUID = whole('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}');
const NUMBER = /^-?\d{1,20}(\.\d{1,20})?$/;

/**
 * What a date, time or UUID must be instead of the text; undefined when it may be one. The database has the last word: here
 * is what it would take for something else, or refuse without saying why.
 */
export function shapeProblem(
  text: string,
  kind: SqlColumnKind,
  dialect: SqlDialect,
): string | undefined {
  const wanted = WANTED[kind];
  if (wanted === undefined) return undefined;
  if (isSpecial(text, kind, dialect)) return undefined;
  // MySQL has no zones to write, and SQLite keeps what it is given.
  const { pattern, text: example } =
    kind === 'timestamptz' && dialect === 'mysql'
      ? TIMESTAMP
      : kind === 'timestamp' && dialect === 'sqlite'
        ? { ...TIMESTAMP, pattern: ZONED }
        : wanted;
  return pattern.test(text) ? undefined : example;
}

type Wanted = { pattern: RegExp; text: string };

const TIMESTAMP: Wanted = {
  pattern: LOCAL,
  text: 'a date and time like 2024-05-31 14:30:00, without a time zone',
};

const WANTED: Partial<Record<SqlColumnKind, Wanted>> = {
  date: { pattern: DATE, text: 'a date like 2024-05-31' },
  time: { pattern: TIME, text: 'a time like 14:30:00' },
  timestamp: TIMESTAMP,
  timestamptz: { pattern: ZONED, text: 'a date and time like 2024-05-31 14:30:00+00' },
  uuid: { pattern: UUID, text: 'a UUID' },
};

function isSpecial(text: string, kind: SqlColumnKind, dialect: SqlDialect): boolean {
  if (kind === 'uuid') return false;
  // SQLite has no such types: seconds and Julian days are kept as numbers.
  if (dialect === 'sqlite') return NUMBER.test(text);
  if (dialect === 'mysql') return kind === 'time' && LONG_TIME.test(text);
  return kind !== 'time' && /^-?infinity$/.test(text);
}
