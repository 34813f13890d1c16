import type { SqlColumn } from '../../../blueprint/database.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import type { ColumnModel, Dialect } from '../model.js';
import type { CheckFacets } from '../read-checks/facets.js';

/** Most values of an enum that a schema lists. */
const MAX_VALUES = 100;

/** How a value of a column comes back: exact numbers, dates and times as text, bytes as base64. */
export function resultSchema(column: SqlColumn, dialect: Dialect): JsonSchema {
  if (column.masked) return withNull({ type: 'string', description: 'Masked' }, column);
  const schema = isWide(column, dialect)
    ? { type: ['integer', 'string'] }
    : kindSchema(column.kind, column);
  return described(withNull(schema, mayBeNull(column)), column);
}

/** Whole numbers of SQLite have 64 bits whatever their type is called; those that no double holds are texts. */
function isWide({ kind }: SqlColumn, dialect: Dialect | undefined): boolean {
  return dialect === 'sqlite' && kind === 'integer';
}

/** What is too large is left out, and null stands in its place. */
function mayBeNull(column: SqlColumn): SqlColumn {
  const isCut = column.kind === 'binary' || column.kind === 'array';
  return isCut ? { ...column, nullable: true } : column;
}

/** What a value may be given as, with the bounds that the database checks. */
export function valueSchema(
  column: SqlColumn,
  model: ColumnModel,
  facets: CheckFacets,
  dialect?: Dialect,
): JsonSchema {
  // A list of values says exactly which ones.
  const kind = isWide(column, dialect) && !facets.enum ? 'bigint' : column.kind;
  return described(withNull(bounded(inputSchema(kind, column), model, facets), column), column);
}

type Shape = Pick<SqlColumn, 'values' | 'element'>;

function kindSchema(kind: string, shape: Shape): JsonSchema {
  switch (kind) {
    case 'integer':
      return { type: 'integer' };
    case 'float':
      // NaN and the infinities are no numbers in JSON.
      return { type: ['number', 'string'] };
    case 'boolean':
      return { type: 'boolean' };
    case 'json':
      return {};
    case 'array':
      return { type: 'array', items: kindSchema(shape.element ?? 'other', {}) };
    case 'enum':
      return shape.values && shape.values.length <= MAX_VALUES
        ? { type: 'string', enum: [...new Set(shape.values)] }
        : { type: 'string' };
    default:
      return { type: 'string' };
  }
}

function inputSchema(kind: string, shape: Shape): JsonSchema {
  switch (kind) {
    case 'bigint':
      return { type: ['integer', 'string'], pattern: '^-?[0-9]{1,20}$' };
    case 'decimal':
      return { type: ['number', 'string'], pattern: '^[-+]?[0-9]*\\.?[0-9]*$' };
    case 'float':
      return { type: 'number' };
    case 'date':
      return { type: 'string', description: 'YYYY-MM-DD' };
    case 'timestamp':
    case 'timestamptz':
      return { type: 'string', description: 'Date and time, ISO 8601' };
    case 'time':
      return { type: 'string', description: 'HH:MM:SS' };
    case 'binary':
      return { type: 'string', contentEncoding: 'base64' };
    default:
      return kindSchema(kind, shape);
  }
}

function bounded(schema: JsonSchema, { type }: ColumnModel, facets: CheckFacets): JsonSchema {
  const isText = type.kind === 'text';
  const length = isText && type.length !== undefined ? { maxLength: type.length } : {};
  const bounds = { ...length, ...facets };
  if (type.unsigned && bounds.minimum === undefined && schema['type'] === 'integer') {
    bounds.minimum = 0;
  }
  // A list of values and a kind that does not hold them would let nothing through.
  if (bounds.enum && !isText && type.kind !== 'integer') delete bounds.enum;
  return { ...schema, ...bounds };
}

function withNull(schema: JsonSchema, { nullable }: SqlColumn): JsonSchema {
  const { type, enum: values } = schema;
  if (!nullable || type === undefined) return schema;
  const types = [...(Array.isArray(type) ? (type as string[]) : [type as string]), 'null'];
  return {
    ...schema,
    type: types,
    ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }),
  };
}

function described(schema: JsonSchema, { description }: SqlColumn): JsonSchema {
  if (description === undefined) return schema;
  const { description: format, ...rest } = schema;
  return {
    ...rest,
    description: typeof format === 'string' ? `${description} (${format})` : description,
  };
}
