import type { SqlClaim } from './claims.js';

export type SqlDialect = 'postgres' | 'mysql' | 'sqlite';

/** A database and what of it is exposed: everything that is not named here does not exist for callers. */
export type SqlDatabase = {
  /** Key of the source in mcp.yaml. */
  id: string;
  /** That the schema was written for; an embedded database (`sqlite:`) has its own, whatever stands here. */
  dialect: SqlDialect;
  /** Environment variable with the address, e.g. `postgres://user:password@host/name`, `sqlite:./data.sqlite`. */
  env: string;
  /** Address that is used when it is not set: that of an embedded database, or absent. */
  url?: string;
  /** By the name that callers use. */
  tables: Record<string, SqlTable>;
  limits: SqlLimits;
  /** Its tools are listed only while it answers. */
  whenUnavailable?: 'hide';
  /** Session settings (PostgreSQL `set_config`, MySQL user variables) that row-level security reads. */
  claims?: Record<string, SqlClaim>;
  /** Functions that statements of callers may call besides those of the database itself. */
  functions?: string[];
};

export type SqlLimits = {
  /** Rows of one result unless the caller asks for fewer or more, and at most. */
  defaultRows: number;
  maxRows: number;
  /** Of one statement, on the server. */
  timeoutMs: number;
  /** Characters of one text value, and bytes of one binary value, that are given back. */
  maxTextChars: number;
  maxBinaryBytes: number;
};

export type SqlTable = {
  schema?: string;
  /** Name in the database. */
  name: string;
  description?: string;
  /** A view or the like: never written. */
  isView?: true;
  /** By the name that callers use, in the order of the table; hidden columns are not here. */
  columns: Record<string, SqlColumn>;
  /** Columns that identify a row (primary key, or else a unique key that cannot be null), as callers name them. Absent: no cursors, no get, no writes. */
  key?: string[];
  /** Further unique keys. */
  uniques?: string[][];
  relations?: Record<string, SqlRelation>;
  /** Whether callers may change it, and how. */
  writes?: SqlWrite[];
};

export type SqlWrite = 'create' | 'update' | 'delete';

export type SqlColumnKind =
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'text'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'binary'
  | 'enum'
  | 'set'
  | 'array'
  | 'other';

/** Exact numbers (bigint, decimal) travel as text, dates and times as the database writes them, binary as base64. */
export type SqlColumn = {
  /** Name in the database, where callers use another one. */
  name?: string;
  kind: SqlColumnKind;
  /** As the dialect writes it, e.g. `numeric(10,2)`: for casts of parameters. */
  type: string;
  /** Of an array. */
  element?: SqlColumnKind;
  nullable?: true;
  /** Values of an enum, or of a text that a check bounds to them. */
  values?: string[];
  description?: string;
  /** The database has a value when none is given. */
  hasDefault?: true;
  /** Computed by the database, or not to be written by callers. */
  readOnly?: true;
  /** Shown as `•••`, and of no use in filters, orders and aggregates. */
  masked?: true;
};

export type SqlRelation = {
  /** As callers name it. */
  table: string;
  /** Pairs of this table's column and the other one's. */
  columns: [own: string, other: string][];
  /** Whether it leads to any number of rows. */
  many?: true;
};
