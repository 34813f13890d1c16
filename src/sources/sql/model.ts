import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.js';
import type { SqlColumnKind } from '../../blueprint/database.js';
import type { Skipped } from '../../blueprint/types.js';

export type Dialect = 'postgres' | 'mysql' | 'sqlite';

/**
 * A database schema as it was read, in one form for all dialects and whether it came from a file or a live server: everything
 * that is there, before anything is left out. Names are as the catalogue of the database gives them. Tables are sorted by
 * schema and name, columns are in their order.
 */
export type DatabaseModel = {
  dialect: Dialect;
  tables: TableModel[];
  /** Enumerated types that have a name (PostgreSQL). */
  enums: { schema: string; name: string; values: string[]; comment?: string }[];
  domains: DomainModel[];
  functions: FunctionModel[];
  /** The schema that names without one are looked up in; absent where there are no schemas. */
  defaultSchema?: string;
};

/** A script to read; `path` is how messages name it. */
export type SourceFile = { path: string; text: string };

/** What a reader gives: the model, and what it could not use, statement by statement. */
export type DatabaseReading = {
  model: DatabaseModel;
  skipped: Skipped[];
  findings: Diagnostic[];
};

export type TableModel = {
  /** Absent for SQLite, and for MySQL within the one database that was read. */
  schema?: string;
  name: string;
  kind: 'table' | 'view' | 'materialized view' | 'foreign table' | 'virtual table';
  comment?: string;
  columns: ColumnModel[];
  /** In key order. */
  primaryKey?: string[];
  /** UNIQUE constraints and unique indexes over plain columns of the whole table (no expression, no WHERE); without the primary key. */
  uniques: UniqueModel[];
  /** Other unique indexes, over expressions or some of the rows: no key can be made of them. As the database prints them. */
  partialUniques?: { name?: string; definition: string }[];
  foreignKeys: ForeignKeyModel[];
  checks: { name?: string; expression: string }[];
  /** Leading columns of every index over plain columns, that of the primary key and of uniques too. */
  indexes: { name?: string; columns: string[] }[];
  /** Set for a table that is split: its parts are tables with `partitionOf`. */
  partitioned?: true;
  partitionOf?: { schema?: string; name: string };
  /** Parent of PostgreSQL's INHERITS. */
  inherits?: { schema?: string; name: string }[];
  rowLevelSecurity?: true;
  /** Names of its triggers, sorted: writing to it does more than it says. */
  triggers?: string[];
  /** SQLite: STRICT, and WITHOUT ROWID. */
  strict?: true;
  withoutRowid?: true;
  origin: Origin;
};

export type UniqueModel = { name?: string; columns: string[]; constraint: boolean };

/** `columns[i]` refers to `references.columns[i]`. */
export type ForeignKeyModel = {
  name?: string;
  columns: string[];
  references: { schema?: string; table: string; columns: string[] };
  onDelete?: string;
  onUpdate?: string;
};

export type ColumnModel = {
  name: string;
  type: ColumnType;
  nullable: boolean;
  /** The expression as SQL text; absent without one. */
  default?: string;
  /** Computed by the database from other columns: never written. */
  generated?: 'stored' | 'virtual';
  /**
   * Columns of its table that its expression names, in their order: of a generated one, and of a default (MySQL). Absent of a
   * generated one where the expression is not known.
   */
  madeOf?: string[];
  /** PostgreSQL identity; `always` cannot be written. */
  identity?: 'always' | 'by default';
  /** serial, AUTO_INCREMENT, INTEGER PRIMARY KEY: a value is made when none is given. */
  autoIncrement?: true;
  comment?: string;
  /** Of a view: the columns of tables that it shows as they are, more than one of a UNION; absent where that is not known. */
  shows?: { schema?: string; table: string; column: string }[];
  /** Beside `shows`: in another part of a UNION it is something else, which may be made of any column. */
  showsOther?: true;
  origin?: Origin;
};

export type ColumnKind = SqlColumnKind;

export type ColumnType = {
  kind: ColumnKind;
  /** As the dialect writes it, e.g. `character varying(255)`, `bigint(20) unsigned`. */
  sql: string;
  /** Most characters (text) or bytes (binary). */
  length?: number;
  precision?: number;
  scale?: number;
  unsigned?: true;
  /** Of an enum or set. */
  values?: string[];
  /** Name of the enum type, where it has one. */
  enumName?: string;
  /** Of an array. */
  element?: ColumnType;
  /** Name of the domain that it was declared with; `kind` and the rest are those of its base type. */
  domain?: string;
};

export type DomainModel = {
  schema: string;
  name: string;
  base: ColumnType;
  nullable: boolean;
  checks: { expression: string }[];
  comment?: string;
};

export type FunctionModel = {
  schema?: string;
  name: string;
  /** `procedure`s cannot be part of a query. */
  kind: 'function' | 'procedure' | 'aggregate' | 'window' | 'trigger';
  volatility?: 'immutable' | 'stable' | 'volatile';
  /** `mode` only where a value comes out of it. */
  arguments: { name?: string; type: ColumnType; hasDefault?: true; mode?: 'out' | 'inout' }[];
  returns?: string;
  comment?: string;
};
