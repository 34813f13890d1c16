import type { SqlDatabase } from './database.js';
import type { Dialect } from './dialect.js';
import type { SessionOptions, SqlDriver } from './driver.js';

/** What every action works with. */
export type SqlCall = {
  database: SqlDatabase;
  /** Each statement that runs through it is audited. */
  driver: SqlDriver;
  dialect: Dialect;
  session: SessionOptions;
  /** Of the text of a result. */
  maxResultChars: number;
};

/** What comes of an action: plain JSON data, and its text where that is there already. */
export type SqlData = { data: Record<string, unknown>; text?: string };

/** Of one result of the database: enough for the largest that is given on, and too little to harm this process. */
export const MAX_RESULT_BYTES = 16_777_216;
