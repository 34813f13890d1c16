import type { ColumnKind } from '../model.js';

/** What a database says of a statement without running it. */
export type CheckedQuery = {
  /** Kinds of the values in the order of the placeholders of the driver; undefined where it does not say. */
  parameters: (ValueKind | undefined)[];
  columns: { name: string; type: ValueKind | undefined }[];
  /** It runs on the embedded database of the project's tests too. */
  runsOnSample: boolean;
  /** Nobody has looked at all of it. */
  isPartial?: true;
};

export type ValueKind = { kind: ColumnKind; element?: ColumnKind; values?: string[] };

/** The database would not take the statement: `offset` is a place in its text. */
export type QueryProblem = { problem: string; offset?: number; fix?: string };
