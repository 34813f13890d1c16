import type { SqlColumnKind } from '../database.js';
import type { Dialect } from '../dialect.js';
import { boundOf, quoteName } from './quoting.js';

const quote = (name: string): string => quoteName(name, '`');

const LONG: ReadonlySet<SqlColumnKind> = new Set(['json', 'array', 'other']);
/** Kinds that are put in order by their number but compared by their text. */
const AS_TEXT: ReadonlySet<SqlColumnKind> = new Set(['enum', 'set', 'other']);

const GEOMETRY = /^(?:geom|(?:multi)?(?:point|linestring|polygon))/i;
const VECTOR = /^vector\b/i;

/** Geometry as well-known text; a vector by its bytes, since the two servers have different names for its text. */
function textOf(type: string, expression: string): string {
  if (GEOMETRY.test(type)) return `ST_AsText(${expression})`;
  return VECTOR.test(type) ? `HEX(${expression})` : `CAST(${expression} AS CHAR)`;
}

export const mysql: Dialect = {
  name: 'mysql',
  quote,
  table: ({ schema, name }) => (schema === undefined ? '' : `${quote(schema)}.`) + quote(name),
  // A number that is compared with a text would be compared as a double.
  parameter: (_, { kind, type }, value) => {
    if (typeof value !== 'string') return '?';
    if (kind === 'integer' || kind === 'bigint') {
      return `CAST(? AS ${/unsigned/i.test(type) ? 'UNSIGNED' : 'SIGNED'})`;
    }
    if (kind !== 'decimal') return '?';
    const fraction = value.split('.')[1]?.length ?? 0;
    return `CAST(? AS DECIMAL(65,${Math.min(fraction, 30)}))`;
  },
  value: (value, { kind }) => {
    if (typeof value === 'boolean') return Number(value);
    if (!Array.isArray(value)) return value;
    return kind === 'set' ? value.join(',') : JSON.stringify(value);
  },
  cell: ({ kind, type }, expression, { maxTextChars, maxBinaryBytes }) => {
    const bound = boundOf(type) ?? Infinity;
    if (kind === 'binary') {
      if (bound <= maxBinaryBytes) return { text: expression };
      const size = `OCTET_LENGTH(${expression})`;
      return {
        text: `CASE WHEN ${size} <= ${maxBinaryBytes} THEN ${expression} END`,
        size: { text: size, unit: 'bytes' },
      };
    }
    if (kind === 'text' && bound > maxTextChars) {
      return { text: `LEFT(${expression}, ${maxTextChars + 1})` };
    }
    // The driver reads them; no text of them is known to both servers.
    if (!LONG.has(kind) || VECTOR.test(type)) return { text: expression };
    return { text: `LEFT(${textOf(type, expression)}, ${maxTextChars + 1})` };
  },
  comparable: ({ kind, type }, expression) =>
    AS_TEXT.has(kind) ? textOf(type, expression) : expression,
  order: (expression, descending, nullable) =>
    descending
      ? `${nullable ? `${expression} IS NULL DESC, ` : ''}${expression} DESC`
      : `${nullable ? `${expression} IS NULL, ` : ''}${expression}`,
  // It understands them, and then reads the whole table.
  comparesRows: false,
  matches: ({ kind, type }, expression, parameter) =>
    `LOWER(${kind === 'text' ? expression : textOf(type, expression)}) LIKE LOWER(${parameter}) ESCAPE '!'`,
  has: ({ kind }, expression, parameter) =>
    kind === 'set'
      ? `FIND_IN_SET(${parameter}, ${expression}) > 0`
      : `JSON_CONTAINS(${expression}, JSON_QUOTE(${parameter}))`,
  returning: false,
  defaultRow: '() VALUES ()',
};
