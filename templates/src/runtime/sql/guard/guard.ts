import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlDatabase } from '../database.js';
import type { SqlSession } from '../driver.js';

export type GuardInput = {
  /** As the caller wrote it: nothing in it is trusted. */
  sql: string;
  /** How many values come with it. */
  parameters: number;
  database: SqlDatabase;
};

/** A statement that is nothing but one read of exposed tables and their visible columns. */
export type GuardedQuery = {
  /** Texts that give at most so many rows; the next one is for a database that refuses the one before because two of its columns have the same name. */
  texts: (rows: number) => [string, ...string[]];
  /** Columns that it names and that are masked for it. */
  masked: readonly string[];
  /** Gives the plan, as JSON where `readsViews` (not SQLite, whose plans have no values in them). */
  explain: string;
  /** Whose conditions are over columns that callers may not see. */
  readsViews?: boolean;
};

/** Reads a statement and makes of it what may run. Rejects with UserInputError, which says what is allowed. */
export type Guard = (input: GuardInput, session: SqlSession) => Promise<GuardedQuery>;

/** What a file of a dialect exports. */
export type DialectGuard = {
  guard: Guard;
  /** Settings of the transaction without which the text would mean something else. */
  settings?: (database: SqlDatabase) => Record<string, string>;
};

/** Longer ones are refused unread. */
export const MAX_SQL_CHARS = 20_000;
/** Of what is made of one: every reference to a table becomes a list of its columns. */
const MAX_GUARDED_CHARS = 1_000_000;

/** The text that a guard made, unless it is too long to be sent. Throws UserInputError. */
export function ofGuardedSize(text: string): string {
  if (text.length <= MAX_GUARDED_CHARS) return text;
  throw new UserInputError('The statement reads too many tables: ask for less at a time.');
}

/** The files of guards by the dialect of the driver, each loaded with the first statement. */
export type Guards = Record<string, () => Promise<DialectGuard>>;
