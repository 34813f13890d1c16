import type { SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import { FUNCTIONS, OPERATORS } from './operators.js';
import { isPropertyName } from './row-schemas.js';

/** More names than this are not listed: the error of a wrong one names those that are like it. */
const MAX_NAMES = 100;

const text = (description?: string): JsonSchema => ({
  type: 'string',
  ...(description !== undefined && { description }),
});

const list = (items: JsonSchema, description: string): JsonSchema => ({
  type: 'array',
  items,
  description,
});

const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

/** The name of a column: one of those of the table, or any text where the caller names the table. */
function column(table: SqlTable | undefined, isUsable = true): JsonSchema {
  if (table === undefined) return text();
  const names = Object.entries(table.columns)
    .filter(([, { masked }]) => !(isUsable && masked))
    .map(([name]) => name);
  return names.length <= MAX_NAMES ? { type: 'string', enum: names } : text();
}

/** One of the tables, for tools that serve several. */
export function tableArgument(names: readonly string[]): JsonSchema {
  if (names.length > MAX_NAMES) return text('Name of a table; find_tables searches them');
  return { type: 'string', enum: [...names] };
}

export function whereArgument(table?: SqlTable): JsonSchema {
  const condition = object(
    {
      column: column(table),
      operator: { type: 'string', enum: [...OPERATORS] },
      value: { description: 'A list with in and not in; nothing with is null and is not null' },
    },
    ['column', 'operator'],
  );
  return list(condition, 'Conditions that all hold');
}

export function fieldsArgument(table?: SqlTable): JsonSchema {
  return list(column(table, false), 'Columns to return; all unless given');
}

export function includeArgument(table?: SqlTable): JsonSchema | undefined {
  if (table === undefined) {
    return list(
      text(),
      'Relations to return with each row (describe_tables lists them); a.b goes on from a',
    );
  }
  const names = Object.keys(table.relations ?? {});
  if (names.length === 0) return undefined;
  return list(
    text(),
    `Relations to return with each row: ${names.slice(0, 40).join(', ')}; a.b goes on from a`,
  );
}

export function orderArgument(table?: SqlTable): JsonSchema {
  const entry = object(
    { column: column(table), direction: { type: 'string', enum: ['asc', 'desc'] } },
    ['column'],
  );
  return list(entry, 'Sorting');
}

export function limitArgument({ limits }: SqlDatabase): JsonSchema {
  return {
    type: 'integer',
    minimum: 1,
    description: `Rows; ${limits.defaultRows} unless given, at most ${limits.maxRows}`,
  };
}

export const cursorArgument: JsonSchema = text('next_cursor of the result before');

/** The columns of one key as an object; which keys there are is said. Columns that cannot be properties may be given all the same. */
export function keyArgument(table?: SqlTable): JsonSchema {
  if (table === undefined) {
    return { type: 'object', description: 'Columns of a key of the table with their values' };
  }
  const keys = [table.key ?? [], ...(table.uniques ?? [])];
  const names = [...new Set(keys.flat())];
  const usable = names.filter(isPropertyName);
  const required = keys.length === 1 ? usable : [];
  const shown = keys.map((names) => names.join(' + ')).join(', or ');
  return {
    type: 'object',
    properties: Object.fromEntries(usable.map((name) => [name, {}])),
    ...(required.length > 0 && { required }),
    ...(usable.length === names.length && { additionalProperties: false }),
    description: `Columns of a key: ${shown}`,
  };
}

export function measuresArgument(table?: SqlTable): JsonSchema {
  const measure = object(
    { function: { type: 'string', enum: [...FUNCTIONS] }, column: column(table) },
    ['function'],
  );
  return { ...list(measure, 'Figures; count needs no column'), minItems: 1 };
}

export function groupArgument(table?: SqlTable): JsonSchema {
  return list(column(table), 'Columns whose values part the rows');
}

/** Of the figures: by their names in the result. */
export const figureOrderArgument: JsonSchema = list(
  object(
    {
      column: text('A group, or a figure such as count or sum_amount'),
      direction: { type: 'string', enum: ['asc', 'desc'] },
    },
    ['column'],
  ),
  'Sorting',
);

export { list as listOf, object as objectOf, text as textOf };
