import type { JsonSchema } from '../../../blueprint/types.js';
import { RESULTS } from '../tools/row-schemas.js';
import type { CheckedQuery, ValueKind } from './checked-query.js';

/** Types of a statement's result, as the runtime gives it: exact numbers, dates and JSON as text. */
export function resultSchema(
  columns: CheckedQuery['columns'],
  { single, isRead }: { single: boolean; isRead: boolean },
): JsonSchema {
  if (!isRead && columns.length === 0) {
    return {
      type: 'object',
      properties: { changes: { type: 'integer', description: 'Rows that were changed' } },
      required: ['changes'],
    };
  }
  const row = rowSchema(columns);
  if (!single) return RESULTS.figuresOf(row);
  return RESULTS.one({ ...row, type: ['object', 'null'] });
}

function rowSchema(columns: CheckedQuery['columns']): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  columns.forEach(({ name, type }, index) => {
    const base = name === '' ? `column_${index + 1}` : name;
    let own = base;
    for (let copy = 2; Object.hasOwn(properties, own); copy += 1) own = `${base}_${copy}`;
    if (own !== '__proto__') properties[own] = cellSchema(type);
  });
  return { type: 'object', properties };
}

function cellSchema(type: ValueKind | undefined): JsonSchema {
  switch (type?.kind) {
    case undefined:
      return {};
    case 'integer':
    case 'float':
      // NaN and what no double holds are texts.
      return { type: ['number', 'string', 'null'] };
    case 'boolean':
      return { type: ['boolean', 'number', 'null'] };
    case 'array':
      return { type: ['array', 'null'] };
    default:
      return { type: ['string', 'number', 'null'] };
  }
}
