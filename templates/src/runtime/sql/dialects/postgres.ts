import type { SqlColumnKind } from '../database.js';
import type { Dialect } from '../dialect.js';
import { boundOf, quoteName } from './quoting.js';

const quote = (name: string): string => quoteName(name, '"');

/** Values of these may be of any length and are cut as texts. */
const LONG: ReadonlySet<SqlColumnKind> = new Set(['json', 'enum', 'set', 'other']);

/**
 * Of what is shown as the database prints it, types that compare values and not spellings: 10.0.0.1 is 10.0.0.1/32. Others
 * compare something else (boxes their areas), or nothing at all.
 */
const COMPARED =
  /^(?:inet|cidr|macaddr8?|money|bit|oid|pg_lsn|(?:int[48]|num|date|ts|tstz)(?:multi)?range)(?![\w.])/i;

/**
 * Parameters have no casts: PostgreSQL takes an untyped one for what it is compared with or assigned to, which is right also
 * for enums, domains and names of types that have to be quoted; a cast to `numeric(10,2)` or `varchar(3)` would change it.
 */
export const postgres: Dialect = {
  name: 'postgres',
  quote,
  table: ({ schema, name }) => (schema === undefined ? '' : `${quote(schema)}.`) + quote(name),
  parameter: (index) => `$${index}`,
  value: (value) => value,
  cell: ({ kind, type }, expression, { maxTextChars, maxBinaryBytes }) => {
    if (kind === 'binary') {
      const size = `octet_length(${expression})`;
      return {
        text: `CASE WHEN ${size} <= ${maxBinaryBytes} THEN ${expression} END`,
        size: { text: size, unit: 'bytes' },
      };
    }
    if (kind === 'array') {
      const size = `length(${expression}::text)`;
      return {
        text: `CASE WHEN ${size} <= ${maxTextChars} THEN ${expression} END`,
        size: { text: size, unit: 'characters' },
      };
    }
    if (kind === 'text') {
      const bounded = (boundOf(type) ?? Infinity) <= maxTextChars;
      return { text: bounded ? expression : `substr(${expression}, 1, ${maxTextChars + 1})` };
    }
    return {
      text: LONG.has(kind) ? `substr(${expression}::text, 1, ${maxTextChars + 1})` : expression,
    };
  },
  comparable: ({ kind, type }, expression) =>
    kind === 'other' && !COMPARED.test(type) ? `${expression}::text` : expression,
  // Nulls are where they should be unless told otherwise.
  order: (expression, descending) => `${expression}${descending ? ' DESC' : ''}`,
  comparesRows: true,
  matches: ({ kind }, expression, parameter) =>
    `${kind === 'text' ? expression : `${expression}::text`} ILIKE ${parameter} ESCAPE '!'`,
  has: (_, expression, parameter) => `${parameter} = ANY (${expression})`,
  returning: true,
  defaultRow: 'DEFAULT VALUES',
};
