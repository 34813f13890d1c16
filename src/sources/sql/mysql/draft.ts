import type { ColumnType, FunctionModel } from '../model.js';
import type { SelectShape } from './parse-select.js';

/** Where something stands in the files that are read. */
export type Place = { file: number; offset: number };

/** A schema while its statements are carried out, one after the other. */
export type DraftTable = {
  database: string;
  name: string;
  kind: 'table' | 'view';
  columns: DraftColumn[];
  keys: DraftKey[];
  foreignKeys: DraftForeignKey[];
  checks: { name?: string; expression: string }[];
  periods?: DraftPeriod[];
  triggers: string[];
  comment?: string;
  engine?: string;
  partitioned?: true;
  /** Of a view: what its columns are made of. */
  select?: SelectShape;
  place: Place;
};

export type DraftColumn = {
  name: string;
  type: ColumnType;
  nullable: boolean;
  default?: string;
  generated?: 'stored' | 'virtual';
  /** What may be the name of a column in the expression of a generated one, or of a default. */
  madeOf?: string[];
  autoIncrement?: true;
  comment?: string;
  place: Place;
};

export type DraftKey = {
  kind: 'primary' | 'unique' | 'index' | 'fulltext' | 'spatial' | 'vector';
  name?: string;
  parts: KeyPart[];
};

/** A column, or an expression where there is none. `isPeriod`: not a column has that name, but a period. */
export type KeyPart = { column?: string; expression?: string; isPeriod?: true };

/** The columns in which a period begins and ends. */
export type DraftPeriod = { name: string; columns: string[] };

export type DraftForeignKey = {
  name?: string;
  /** Its name was given, and not made up. */
  isNamed: boolean;
  columns: string[];
  database?: string;
  table: string;
  /** Empty: the primary key of the other table. */
  references: string[];
  onDelete?: string;
  onUpdate?: string;
  place: Place;
};

export type DraftRoutine = FunctionModel & { database: string };
