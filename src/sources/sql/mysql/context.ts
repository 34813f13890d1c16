import type { Catalogue } from './catalogue.js';
import type { Cursor } from '../cursor.js';
import type { Place } from './draft.js';
import type { ColumnRules } from './parse-column.js';

/** What carrying out one statement works with. */
export type Context = {
  catalogue: Catalogue;
  cursor: Cursor;
  rules: ColumnRules;
  /** Of the statement. */
  place: Place;
  /** Tells that a part of the schema is left out, and why. */
  lose: (what: string, reason: string, place: Place) => void;
};
