import { z } from 'zod';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Origin } from '../../diagnostics/diagnostic.js';
import { isDatabaseAddress } from '../read/database-address.js';
import { parseDocument } from '../read/parse-document.js';
import type { ColumnKind, DatabaseModel } from './model.js';

const FORMAT = 'create-mcp-server/database-schema';

const name = z.string().max(10_000);
const names = z.array(name);
const flag = z.literal(true).optional();
const place = z.object({ schema: name.optional(), name });

const KINDS = [
  'integer',
  'bigint',
  'decimal',
  'float',
  'boolean',
  'text',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'interval',
  'uuid',
  'json',
  'binary',
  'enum',
  'set',
  'array',
  'other',
] as const satisfies readonly ColumnKind[];

const columnType = z.object({
  kind: z.enum(KINDS),
  sql: name,
  length: z.number().optional(),
  precision: z.number().optional(),
  scale: z.number().optional(),
  unsigned: flag,
  values: names.optional(),
  enumName: name.optional(),
  get element() {
    return columnType.optional();
  },
  domain: name.optional(),
});

const column = z.object({
  name,
  type: columnType,
  nullable: z.boolean(),
  default: z.string().optional(),
  generated: z.enum(['stored', 'virtual']).optional(),
  madeOf: names.optional(),
  identity: z.enum(['always', 'by default']).optional(),
  autoIncrement: flag,
  comment: z.string().optional(),
  shows: z.array(z.object({ schema: name.optional(), table: name, column: name })).optional(),
  showsOther: flag,
});

const expression = z.object({ name: name.optional(), expression: z.string() });

const table = z.object({
  schema: name.optional(),
  name,
  kind: z.enum(['table', 'view', 'materialized view', 'foreign table', 'virtual table']),
  comment: z.string().optional(),
  columns: z.array(column),
  primaryKey: names.optional(),
  uniques: z.array(z.object({ name: name.optional(), columns: names, constraint: z.boolean() })),
  partialUniques: z.array(z.object({ name: name.optional(), definition: z.string() })).optional(),
  foreignKeys: z.array(
    z.object({
      name: name.optional(),
      columns: names,
      references: z.object({ schema: name.optional(), table: name, columns: names }),
      onDelete: z.string().optional(),
      onUpdate: z.string().optional(),
    }),
  ),
  checks: z.array(expression),
  indexes: z.array(z.object({ name: name.optional(), columns: names })),
  partitioned: flag,
  partitionOf: place.optional(),
  inherits: z.array(place).optional(),
  rowLevelSecurity: flag,
  triggers: names.optional(),
  strict: flag,
  withoutRowid: flag,
});

const snapshot = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  dialect: z.enum(['postgres', 'mysql', 'sqlite']),
  defaultSchema: name.optional(),
  tables: z.array(table),
  enums: z.array(z.object({ schema: name, name, values: names, comment: z.string().optional() })),
  domains: z.array(
    z.object({
      ...{ schema: name, name, base: columnType, nullable: z.boolean() },
      checks: z.array(expression),
      comment: z.string().optional(),
    }),
  ),
  functions: z.array(
    z.object({
      schema: name.optional(),
      name,
      kind: z.enum(['function', 'procedure', 'aggregate', 'window', 'trigger']),
      volatility: z.enum(['immutable', 'stable', 'volatile']).optional(),
      arguments: z.array(
        z.object({
          ...{ name: name.optional(), type: columnType, hasDefault: flag },
          mode: z.enum(['out', 'inout']).optional(),
        }),
      ),
      returns: z.string().optional(),
      comment: z.string().optional(),
    }),
  ),
});

/** Whether a text is a snapshot of a database: told by its first line, so that large documents cost nothing. */
export function isSnapshot(text: string): boolean {
  return text.slice(0, 200).includes(`"${FORMAT}"`);
}

/** The schema of a live database as text that is pinned below `specs/`: the same text for the same schema. */
export function writeSnapshot(model: DatabaseModel): string {
  const { dialect, defaultSchema, tables, enums, domains, functions } = model;
  const content = {
    ...{ format: FORMAT, version: 1, dialect },
    ...(defaultSchema !== undefined && { defaultSchema }),
    tables,
    enums,
    domains,
    functions,
  };
  return `${JSON.stringify(content, sorted, 2)}\n`;
}

/** One order of keys whoever made the model, and without where something stood in the server: that means nothing in a file. */
function sorted(key: string, value: unknown): unknown {
  if (key === 'origin') return undefined;
  if (key === '' || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  const { name, ...rest } = value as Record<string, unknown>;
  const entries = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...(name !== undefined && { name }), ...Object.fromEntries(entries) };
}

/** The schema that a snapshot holds, each table with its place in the file, or its name in the database. Throws an InputError (MCP845). */
export function readSnapshot(text: string, file: string): DatabaseModel {
  const { value } = parseDocument(text, file);
  const read = snapshot.safeParse(value);
  if (!read.success) {
    throw new InputError(
      read.error.issues.slice(0, 5).map(({ path, message }) => {
        const keys = path.map((key) => (typeof key === 'symbol' ? String(key) : key));
        const why = `${keys.join('.') || 'the file'}: ${message}`;
        return diagnostic('MCP845', { file, why }, { origin: { file, path: keys } });
      }),
    );
  }
  const { format: _, version: __, tables, ...rest } = read.data;
  const isLive = isDatabaseAddress(file);
  const originOf = ({ schema, name: own }: (typeof tables)[number], index: number): Origin => {
    const within = schema === undefined || schema === rest.defaultSchema ? own : `${schema}.${own}`;
    return { file, path: ['tables', index], ...(isLive && { within }) };
  };
  return {
    ...rest,
    tables: tables.map((entry, index) => ({ ...entry, origin: originOf(entry, index) })),
  } as DatabaseModel;
}
