import type { SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import type { Dialect, TableModel } from '../model.js';
import { facetsOf } from '../read-checks/column-facets.js';
import type { CheckFacets } from '../read-checks/facets.js';
import { resultSchema, valueSchema } from './column-schema.js';

const PROPERTY = /^[A-Za-z0-9_.-]{1,64}$/;

/** Whether the name of a column can be that of a property of a tool's arguments: clients refuse lists with others. */
export function isPropertyName(name: string): boolean {
  return PROPERTY.test(name);
}

/** A row as it comes back: any column can be left out by `fields`, and relations can stand beside them. */
export function rowSchema({ columns, description }: SqlTable, dialect: Dialect): JsonSchema {
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, resultSchema(column, dialect)]),
    ),
  };
}

/**
 * What may be given for a new row, and for a change of one. Columns whose names clients do not take as those of properties
 * may be given all the same.
 */
export function writeSchemas(
  table: SqlTable,
  model: TableModel,
  dialect: Dialect,
): { create: JsonSchema; update: JsonSchema } {
  const all = Object.entries(table.columns).filter(
    ([, { readOnly, masked }]) => !readOnly && !masked,
  );
  const writable = all.filter(([name]) => isPropertyName(name));
  const properties = Object.fromEntries(
    writable.map(([name, column]) => {
      const found = model.columns.find((candidate) => candidate.name === (column.name ?? name))!;
      const facets: CheckFacets = facetsOf(model, found.name, dialect);
      return [name, valueSchema(column, found, facets, dialect)];
    }),
  );
  const required = writable
    .filter(([, { nullable, hasDefault }]) => !nullable && !hasDefault)
    .map(([name]) => name);
  const others =
    all.length === writable.length
      ? { additionalProperties: false }
      : { description: 'Values by column; describe_tables lists the columns that are not here' };
  const values = { type: 'object', properties, ...others };
  return {
    create: { ...values, ...(required.length > 0 && { required }) },
    update: { ...values, minProperties: 1 },
  };
}

/** Results of the actions, with rows of the type named. */
export const RESULTS = {
  page: (row: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: {
      rows: { type: 'array', items: row },
      truncated: { type: 'boolean', description: 'There are more rows' },
      next_cursor: { type: 'string' },
    },
    required: ['rows', 'truncated'],
  }),
  one: (row: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: { row },
    required: ['row'],
  }),
  figures: (): JsonSchema => RESULTS.figuresOf({ type: 'object' }),
  figuresOf: (row: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: {
      rows: { type: 'array', items: row },
      truncated: { type: 'boolean' },
    },
    required: ['rows', 'truncated'],
  }),
};

/** Type names of the rows, by table: valid TypeScript identifiers, each once. */
export function rowTypeNames({ tables }: SqlDatabase): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    Object.keys(tables).map((table) => {
      const words = table.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? [];
      const base = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
      const stem = `${/^[A-Za-z]/.test(base) ? base : `Table${base}`}Row`;
      let name = stem;
      for (let count = 2; taken.has(name); count += 1) name = `${stem}_${count}`;
      taken.add(name);
      return [table, name] as const;
    }),
  );
}
