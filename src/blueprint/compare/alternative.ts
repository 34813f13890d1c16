import type { Meaning, Part } from './meaning.js';

/** The types that values fall into; an integer is a number. */
export const VALUE_TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/**
 * A way for a value to be allowed. A schema is brought to a list of these, one type each, so that `type: [a, b]` and `anyOf`
 * of a and b are the same, and that what differs can be named.
 */
export type Alternative = Common &
  (
    | { type: 'null' }
    | { type: 'boolean' }
    | NumberFacets
    | StringFacets
    | ArrayFacets
    | ObjectFacets
  );

type Common = {
  /** Where it stands in the schema, e.g. `/anyOf/1`; empty for the schema itself. */
  path: string;
  /** The only values, in which case the facets of scalars say nothing more. */
  values?: unknown[];
  conditions: Condition[];
  /** The schemas that it was read from, without choices and references. */
  raws: Record<string, unknown>[];
};

export type NumberFacets = {
  type: 'number';
  integer: boolean;
  /** Infinite where there is no bound; the bound itself is left out where `…Open`. */
  low: number;
  lowOpen: boolean;
  high: number;
  highOpen: boolean;
  /** Of each of these. */
  multiples: number[];
};

export type StringFacets = {
  type: 'string';
  low: number;
  high: number;
  patterns: string[];
  formats: string[];
  encoding: string | undefined;
};

export type ArrayFacets = {
  type: 'array';
  low: number;
  high: number;
  unique: boolean;
  prefix: Meaning[];
  rest: Meaning;
};

export type ObjectFacets = {
  type: 'object';
  low: number;
  high: number;
  required: Set<string>;
  /** Member → those that must stand beside it. */
  dependent: Map<string, Set<string>>;
  names: Meaning;
  shapes: Shape[];
};

/** What one schema says of members by name. */
export type Shape = {
  properties: Map<string, Part>;
  patterns: { source: string; matches: (name: string) => boolean; part: Part }[];
  /** For all others; undefined where nothing is said. */
  additional: Part | undefined;
};

/** What is compared for being the same only: `not`, `if`, `contains`, `oneOf`, what is not known here. */
export type Condition = {
  keyword: string;
  /** Its schemas, in an order that does not depend on the text's. */
  schemas: Part[];
  /** All else of it. */
  rest: string;
};
