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

/** Calls of every action; undefined where the rows have nothing to call it with. */
export function exampleCalls(
  database: SqlDatabase,
  { tables: rows, spare, links }: SampleData,
): Examples {
  const byTable = new Map(rows.map(({ table, values }) => [table, values]));
  const names = Object.keys(database.tables);
  const referred = new Set([...links.values()].flat().map(({ target }) => target));
  const keyOf = (table: string, index: number) => {
    const { key } = database.tables[table]!;
    const row = byTable.get(table)?.[index];
    if (key === undefined || row === undefined) return undefined;
    const values = key.map((column) => [column, row[column]] as const);
    return values.some(([, value]) => value === null || value === undefined)
      ? undefined
      : Object.fromEntries(values);
  };
  return {
    of: (action, table, schema) => {
      const candidates = table === undefined ? tablesIn(schema, names) : [table];
      for (const name of candidates) {
        const call = callOf(action, name);
        if (call)
          return table === undefined && needsTable(action) ? { table: name, ...call } : call;
      }
      return undefined;
    },
  };

  function callOf(action: Action, name: string): Record<string, unknown> | undefined {
    const facts = database.tables[name]!;
    const stored = byTable.get(name);
    // Of a table that the embedded database cannot have there is only what needs no database.
    if (stored === undefined && action !== 'describe' && action !== 'find') return undefined;
    const key = keyOf(name, 0);
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
      case 'create': {
        const row = spare.get(name);
        if (!facts.writes?.includes('create') || !row) return undefined;
        return { values: writable(name, row) };
      }
      case 'update': {
        if (!facts.writes?.includes('update') || !key) return undefined;
        const values = Object.entries(writable(name, byTable.get(name)?.[0] ?? {})).filter(
          ([column]) => !facts.key?.includes(column),
        );
        return values.length === 0
          ? undefined
          : { key, values: Object.fromEntries(values.slice(0, 1)) };
      }
      case 'delete': {
        if (!facts.writes?.includes('delete')) return undefined;
        // What others refer to cannot go, and the first row is what the other examples are about.
        if (referred.has(name) || stored === undefined || stored.length < 2) return undefined;
        const last = keyOf(name, stored.length - 1);
        return last && { key: last };
      }
      case 'describe':
        return { tables: [name] };
      case 'find':
        return { text: name };
    }
  }

  function writable(name: string, row: Record<string, unknown>): Record<string, unknown> {
    const { columns } = database.tables[name]!;
    return Object.fromEntries(
      Object.entries(row).filter(([column, value]) => {
        const facts = columns[column];
        if (!facts || facts.readOnly || facts.masked) return false;
        return value !== null && value !== undefined;
      }),
    );
  }
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
