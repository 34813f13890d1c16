import type { SqlDatabase } from '../../../blueprint/database.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import type { Action } from '../tools/table-tools.js';
import type { SampleLink } from './sample-links.js';
import type { SampleRow, SampleTable } from './sample-rows.js';

/** Calls that work on the made-up rows. */
export type Examples = {
  of: (
    action: Action,
    table: string | undefined,
    schema: JsonSchema,
  ) => Record<string, unknown> | undefined;
};

/** The made-up rows, and along which columns they refer to each other. */
export type SampleData = {
  tables: readonly SampleTable[];
  spare: ReadonlyMap<string, SampleRow>;
  links: ReadonlyMap<string, readonly SampleLink[]>;
};

/** The rows as the examples look for them. */
type Known = {
  database: SqlDatabase;
  /** By name of the table. */
  stored: ReadonlyMap<string, readonly SampleRow[]>;
  spare: ReadonlyMap<string, SampleRow>;
  /** Tables whose rows others refer to. */
  referred: ReadonlySet<string>;
};

/** Calls of every action; undefined where the rows have nothing to call it with. */
export function exampleCalls(
  database: SqlDatabase,
  { tables: rows, spare, links }: SampleData,
): Examples {
  const stored = new Map(rows.map(({ table, values }) => [table, values]));
  const referred = new Set([...links.values()].flat().map(({ target }) => target));
  const known: Known = { database, stored, spare, referred };
  const names = Object.keys(database.tables);
  return {
    of: (action, table, schema) => {
      const candidates = table === undefined ? tablesIn(schema, names) : [table];
      for (const name of candidates) {
        const call = callOf(known, action, name);
        if (call)
          return table === undefined && needsTable(action) ? { table: name, ...call } : call;
      }
      return undefined;
    },
  };
}

type Call = Record<string, unknown> | undefined;

function callOf(known: Known, action: Action, name: string): Call {
  const facts = known.database.tables[name]!;
  // Of a table that the embedded database cannot have there is only what needs no database.
  if (!known.stored.has(name) && action !== 'describe' && action !== 'find') return undefined;
  const key = keyOf(known, name, 0);
  switch (action) {
    case 'list':
      return { limit: 2 };
    case 'get':
      return key && { key };
    case 'related': {
      const [relation] = Object.keys(facts.relations ?? {});
      return key && relation !== undefined ? { key, relation } : undefined;
    }
    case 'aggregate':
      return { measures: [{ function: 'count' }] };
    case 'search':
      return Object.values(facts.columns).some(({ kind, masked }) => kind === 'text' && !masked)
        ? { text: '1' }
        : undefined;
    case 'create':
    case 'update':
    case 'delete':
      return facts.writes?.includes(action) ? changeOf(known, action, name) : undefined;
    case 'describe':
      return { tables: [name] };
    case 'find':
      return { text: name };
  }
}

function changeOf(known: Known, action: 'create' | 'update' | 'delete', name: string): Call {
  const { database, spare, referred } = known;
  const facts = database.tables[name]!;
  const stored = known.stored.get(name) ?? [];
  if (action === 'create') {
    const row = spare.get(name);
    return row && { values: writable(facts, row) };
  }
  if (action === 'update') {
    const key = keyOf(known, name, 0);
    const values = Object.entries(writable(facts, stored[0] ?? {})).filter(
      ([column]) => !facts.key?.includes(column),
    );
    return key && values.length > 0
      ? { key, values: Object.fromEntries(values.slice(0, 1)) }
      : undefined;
  }
  // What others refer to cannot go, and the first row is what the other examples are about.
  if (referred.has(name) || stored.length < 2) return undefined;
  const last = keyOf(known, name, stored.length - 1);
  return last && { key: last };
}

function keyOf({ database, stored }: Known, table: string, index: number): Call {
  const { key } = database.tables[table]!;
  const row = stored.get(table)?.[index];
  if (key === undefined || row === undefined) return undefined;
  const values = key.map((column) => [column, row[column]] as const);
  return values.some(([, value]) => value === null || value === undefined)
    ? undefined
    : Object.fromEntries(values);
}

function writable(
  { columns }: SqlDatabase['tables'][string],
  row: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([column, value]) => {
      const facts = columns[column];
      if (!facts || facts.readOnly || facts.masked) return false;
      return value !== null && value !== undefined;
    }),
  );
}

function needsTable(action: Action): boolean {
  return action !== 'describe' && action !== 'find';
}

/** The tables that the argument `table` lets pass. */
function tablesIn(schema: JsonSchema, all: readonly string[]): readonly string[] {
  const properties = schema['properties'] as Record<string, JsonSchema> | undefined;
  const listed = properties?.['table']?.['enum'];
  return Array.isArray(listed) ? (listed as string[]) : all;
}
