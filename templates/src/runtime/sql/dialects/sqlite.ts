import type { SqlColumnKind } from '../database.js';
import type { Dialect } from '../dialect.js';
import { quoteName } from './quoting.js';

const quote = (name: string): string => quoteName(name, '"');

const WHOLE: ReadonlySet<SqlColumnKind> = new Set(['integer', 'bigint']);
/** Of these a value may be of any length, whatever the type says: SQLite does not hold anybody to it. */
const LONG: ReadonlySet<SqlColumnKind> = new Set(['text', 'json', 'enum', 'set', 'array', 'other']);

export const sqlite: Dialect = {
  name: 'sqlite',
  quote,
  table: ({ name }) => quote(name),
  // Numbers that came as text: without a cast, a column without a type would be compared with a text.
  parameter: (_, { kind }, value) => {
    if (typeof value !== 'string') return '?';
    if (WHOLE.has(kind)) return 'CAST(? AS INTEGER)';
    return kind === 'decimal' ? 'CAST(? AS NUMERIC)' : '?';
  },
  value: (value, { kind }) => {
    if (typeof value === 'boolean') return Number(value);
    return Array.isArray(value) ? elements(value, kind) : value;
  },
  cell: ({ kind }, expression, { maxTextChars, maxBinaryBytes }) => {
    const bytes = `length(CAST(${expression} AS BLOB))`;
    if (kind === 'binary') {
      return {
        text: `CASE WHEN ${bytes} <= ${maxBinaryBytes} THEN ${expression} END`,
        size: { text: bytes, unit: 'bytes' },
      };
    }
    if (!LONG.has(kind)) return { text: expression };
    // No character has less than a byte, so what is short enough in bytes stays as it is, also behind a NUL.
    return {
      text: `CASE WHEN ${bytes} > ${maxTextChars} THEN substr(${expression}, 1, ${maxTextChars + 1}) ELSE ${expression} END`,
    };
  },
  // What is kept as text would be put in order as text.
  comparable: ({ kind, type }, expression) =>
    kind === 'decimal' && /char|clob|text/i.test(type)
      ? `CAST(${expression} AS NUMERIC)`
      : expression,
  order: (expression, descending, nullable) =>
    `${expression}${descending ? ' DESC' : ''}${nullable ? (descending ? ' NULLS FIRST' : ' NULLS LAST') : ''}`,
  comparesRows: true,
  matches: (_, expression, parameter) => `${expression} LIKE ${parameter} ESCAPE '!'`,
  has: ({ kind }, expression, parameter) =>
    kind === 'set'
      ? `instr(',' || ${expression} || ',', ',' || ${parameter} || ',') > 0`
      : `EXISTS (SELECT 1 FROM json_each(CASE WHEN json_valid(${expression}) THEN ${expression} ELSE '[]' END) AS e WHERE e.value = ${parameter})`,
  returning: true,
  defaultRow: 'DEFAULT VALUES',
};

/** There are no arrays: they are kept as JSON. */
function elements(value: readonly unknown[], kind: SqlColumnKind): string {
  return kind === 'set' ? value.join(',') : JSON.stringify(value);
}
