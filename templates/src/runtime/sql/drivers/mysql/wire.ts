import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import mysql, { type Connection as MysqlConnection } from 'mysql2';
import type { SqlValue } from '../../driver.js';

/** A column of a result; `columnType` is a number of section "Protocol::ColumnDefinition41" of MySQL's internals. */
export type Field = {
  name: string;
  columnType: number;
  columnLength: number;
  flags: number;
  characterSet: number;
};

/** What a statement without rows answers. */
export type Outcome = { affectedRows: number };

/** A statement that the server has prepared, with what the types of `mysql2` do not tell. */
export type Prepared = {
  id: number;
  columns: Field[];
  /** Emits `fields`, `result` for each row or outcome, `error` and `end`. */
  execute: (values: unknown[]) => EventEmitter;
  close: () => void;
};

export type RawCell = null | string | number | boolean | Buffer | object;

export function prepare(connection: MysqlConnection, text: string): Promise<Prepared> {
  return new Promise((resolve, reject) => {
    connection.prepare(text, (error, statement) => {
      if (error) reject(error);
      else resolve(statement as unknown as Prepared);
    });
  });
}

/** A statement of our own whose text holds nothing foreign. */
export function runText(connection: MysqlConnection, text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query(text, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Lists are JSON texts: there are no arrays. */
export function toParameter(value: SqlValue): unknown {
  if (Array.isArray(value)) return JSON.stringify(value);
  if (value instanceof Uint8Array) return Buffer.from(value);
  // As a DOUBLE, which numbers are otherwise, it is refused by LIMIT and inexact beside a BIGINT.
  // By the default export: Node does not find the name of this one.
  return Number.isSafeInteger(value) ? mysql.TypedParameter.BIGINT(value as number) : value;
}

export function streamOf(connection: MysqlConnection): Duplex {
  return (connection as unknown as { stream: Duplex }).stream;
}

/** Ends a connection so that its statement fails: to destroy it as `mysql2` does leaves that waiting. */
export function breakOff(connection: MysqlConnection, why: string): void {
  streamOf(connection).destroy(Object.assign(new Error(why), { code: 'ECONNABORTED' }));
}
