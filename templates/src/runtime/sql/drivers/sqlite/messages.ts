import type { SqlBounds, SqlCell, SqlValue } from '../../driver.js';

/** What the process of the engine is started with, as JSON in its argument. */
export type EngineOptions = {
  path: string;
  /** Make the file where there is none. */
  create: boolean;
  /** Statements that are kept prepared. */
  prepared: number;
};

/** Asked of the engine, one at a time. */
export type EngineRequest =
  | {
      ask: 'run';
      text: string;
      values: readonly SqlValue[];
      bounds: SqlBounds;
      /** Bytes that the result may have at most. */
      most: number;
      /** Begin a transaction first. */
      begin?: { readOnly: boolean; busyMs: number };
      /** Roll it back afterwards where the statement did not fail. */
      end?: true;
    }
  | { ask: 'end'; command: 'COMMIT' | 'ROLLBACK' };

export type EngineResult = {
  columns: string[];
  rows: SqlCell[][];
  changes: number;
  truncated: boolean;
};

export type EngineAnswer =
  | { ready: 'node' | 'wasm' }
  | { result: EngineResult }
  /** `code` is the number of SQLite where the engine tells it. */
  | { error: string; code?: number };
