import type { Node } from 'libpg-query';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import type { RelationRow } from '../catalogue-queries.js';
import type { OrOther } from '../or-other.js';
import type { Clock } from './clock.js';

/**
 * What the statements of a script have made so far. Everything refers to the things themselves and not to their names, so that
 * a renamed column is renamed in its keys too.
 */
export type Catalogue = {
  clock: Clock;
  schemas: Set<string>;
  /** Schemas that names without one are looked up in. */
  path: string[];
  relations: Map<string, Relation>;
  /** Relations that others inherit from or are parts of, or were: few have any. */
  parents: Set<Relation>;
  indexes: Map<string, { relation: Relation; index: Index }>;
  types: Map<string, OwnType>;
  routines: Routine[];
  /** Set while things are made that are not the user's. */
  hidden: boolean;
  /** Lower-case names that the script makes somewhere. */
  made: ReadonlySet<string>;
  /** Tables that are nowhere: given, references to them are left out and told here. */
  cutReferences?: (table: string) => void;
  /** That are created, with where. */
  extensions: { name: string; origin: Origin }[];
};

export type Relation = {
  schema: string;
  name: string;
  kind: RelationRow['kind'];
  columns: Column[];
  constraints: Constraint[];
  indexes: Index[];
  /** Of INHERITS, or the table that it is a part of. */
  parents: Relation[];
  partition: boolean;
  rowSecurity: boolean;
  comment?: string;
  /** What a view reads. */
  reads: ReadonlySet<Relation>;
  hidden: boolean;
  origin: Origin;
};

export type Column = {
  name: string;
  type: TypeUse;
  notNull: boolean;
  identity: '' | 'a' | 'd';
  generated: '' | 's' | 'v';
  default?: Default;
  comment?: string;
  /** Of a view: the columns that it shows as they are. */
  shows?: OrOther<{ relation: Relation; column: Column }>[];
};

export type Default = { expression: Node } | { sequence: { schema: string; name: string } };

export type Constraint = {
  name: string;
  kind: 'p' | 'u' | 'f' | 'c';
  columns: Column[];
  target?: Relation;
  targetColumns?: Column[];
  /** Letters of pg_constraint. */
  onDelete: string;
  onUpdate: string;
  /** Of a check. */
  expression?: Node;
  /** Of a primary key or UNIQUE. */
  index?: Index;
  noInherit: boolean;
};

export type Index = {
  name: string;
  /** Undefined where one is an expression. */
  columns: (Column | undefined)[];
  /** As the statement has them, for columns that are expressions too. */
  elements: Node[];
  method: string;
  unique: boolean;
  primary: boolean;
  where?: Node;
  /** NULLS NOT DISTINCT. */
  nullsEqual?: boolean;
  /** Made ON ONLY a split table: counts when each part has one. */
  waitsFor?: Set<Relation>;
};

export type OwnType = {
  schema: string;
  name: string;
  /** As pg_type has it: base, composite, domain, enum, range. */
  kind: 'b' | 'c' | 'd' | 'e' | 'r';
  values: string[];
  base?: TypeUse;
  notNull: boolean;
  checks: { name: string; expression: Node }[];
  /** Of a composite type. */
  columns: Column[];
  comment?: string;
  hidden: boolean;
};

/** A type as it is used; `base` is a name of pg_catalog or a thing of the script. */
export type TypeUse = {
  base: string | OwnType | Relation;
  array: boolean;
  /** As pg_attribute has it; -1 without one. */
  modifier: number;
  /** What `format_type` prints of a type of pg_catalog, without brackets. */
  printed?: string;
};

export type Routine = {
  schema: string;
  name: string;
  kind: 'f' | 'p' | 'a' | 'w';
  volatility: 'i' | 's' | 'v';
  parameters: {
    name?: string;
    mode: 'i' | 'o' | 'b' | 'v' | 't';
    type: TypeUse;
    hasDefault: boolean;
  }[];
  returns?: TypeUse;
  returnsSet: boolean;
  comment?: string;
  hidden: boolean;
};

/** A name and its schema as a key of the catalogue's maps. */
export function keyOf(schema: string, name: string): string {
  return `${schema}\0${name}`;
}

export function newCatalogue(made: ReadonlySet<string>, clock: Clock): Catalogue {
  return {
    clock,
    schemas: new Set(['public']),
    path: ['public'],
    relations: new Map(),
    parents: new Set(),
    indexes: new Map(),
    types: new Map(),
    routines: [],
    hidden: false,
    made,
    extensions: [],
  };
}
