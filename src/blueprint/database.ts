import type { Origin } from '../diagnostics/diagnostic.js';
import type { JsonSchema, Setting } from './types.js';

/** A database as a source; `database` is what the emitted runtime documents as `SqlDatabase`. */
export type SqlSource = {
  kind: 'sql';
  /** Key in mcp.yaml. */
  id: string;
  title: string;
  database: SqlDatabase;
  /** Rows of the tables, by names that are valid TypeScript identifiers. */
  schemas: Record<string, JsonSchema>;
  settings: Setting[];
  /** Which tools were made, and what other profiles would cost. */
  profile: SqlProfile;
  /** What the emitted tests and the demonstration run on; absent where no table could be made. */
  sample?: SqlSample;
  /** What the account of the server has to be allowed. */
  rights: SqlTableRights[];
  origin: Origin;
};

/** Rights that the tools need on one table, by its names in the database. */
export type SqlTableRights = {
  /** With the schema, where there is one. */
  name: string[];
  /** The columns that may be read; absent where all may. */
  select?: string[];
  writes: ('create' | 'update' | 'delete')[];
  /** PostgreSQL: `[schema, name]` of sequences that number new rows. */
  sequences?: string[][];
};

export type SqlProfileName = 'typed' | 'hybrid' | 'generic';

export type SqlProfile = {
  name: SqlProfileName;
  costs: Record<SqlProfileName, { tools: number; tokens: number }>;
};

/** Statements of which an embedded database with a few rows is made, in an order in which they run. */
export type SqlSample = { dialect: 'postgres' | 'sqlite'; statements: string[] };

export type SqlDatabase = {
  id: string;
  dialect: 'postgres' | 'mysql' | 'sqlite';
  env: string;
  url?: string;
  tables: Record<string, SqlTable>;
  limits: SqlLimits;
  /** Its tools are listed only while it answers. */
  whenUnavailable?: 'hide';
  claims?: Record<string, SqlClaim>;
  functions?: string[];
};

/** An environment variable; or a claim of the caller's token, and the variable that stands in for it over stdio. */
export type SqlClaim = string | { token: string; env: string };

export type SqlLimits = {
  defaultRows: number;
  maxRows: number;
  timeoutMs: number;
  maxTextChars: number;
  maxBinaryBytes: number;
};

export type SqlTable = {
  schema?: string;
  name: string;
  description?: string;
  isView?: true;
  columns: Record<string, SqlColumn>;
  key?: string[];
  uniques?: string[][];
  relations?: Record<string, SqlRelation>;
  writes?: ('create' | 'update' | 'delete')[];
};

/** What values a column holds, the same for all dialects. */
export type SqlColumnKind =
  | 'integer' // safe as a JSON number
  | 'bigint' // 64 bits: as text
  | 'decimal' // exact: as text
  | 'float'
  | 'boolean'
  | 'text'
  | 'date'
  | 'time'
  | 'timestamp' // without time zone
  | 'timestamptz'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'binary'
  | 'enum'
  | 'set' // MySQL SET: a comma-separated text of some of its values
  | 'array'
  | 'other'; // shown as the database prints it

export type SqlColumn = {
  name?: string;
  kind: SqlColumnKind;
  type: string;
  element?: SqlColumnKind;
  nullable?: true;
  values?: string[];
  description?: string;
  hasDefault?: true;
  readOnly?: true;
  masked?: true;
};

export type SqlRelation = { table: string; columns: [string, string][]; many?: true };

/** Mirrors `SqlOperation` of the emitted runtime, which documents every field. */
export type SqlBinding = { kind: 'sql'; source: string } & (
  | {
      action:
        | 'list'
        | 'get'
        | 'related'
        | 'aggregate'
        | 'search'
        | 'create'
        | 'update'
        | 'delete'
        | 'describe'
        | 'find';
      table?: string;
    }
  | { action: 'query' | 'explain' }
  | {
      action: 'statement';
      text: string;
      parameters: { argument: string; kind: string }[];
      writes?: true;
      single?: true;
    }
);

const WORDS = {
  list: 'rows of',
  get: 'one row of',
  related: 'rows related to one of',
  aggregate: 'figures of',
  search: 'search in',
  create: 'new row of',
  update: 'change of a row of',
  delete: 'deletion of a row of',
  describe: 'columns of',
  find: 'names in',
  query: 'a SELECT on',
  explain: 'the plan of a SELECT on',
  statement: 'a statement on',
} as const;

/** What a tool of a database does in a few words: `rows of shop.orders`. */
export function describeSql(binding: SqlBinding): string {
  const table = 'table' in binding && binding.table !== undefined ? `.${binding.table}` : '';
  return `${WORDS[binding.action]} ${binding.source}${table}`;
}
