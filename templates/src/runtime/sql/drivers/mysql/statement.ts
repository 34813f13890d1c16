import type { Connection as MysqlConnection } from 'mysql2';
import type { SqlCell } from '../../driver.js';
import type { RowKeeper } from '../settle.js';
import { bytesOf, readCell } from './cells.js';
import { streamOf, type Field, type Outcome, type Prepared, type RawCell } from './wire.js';

export type StatementResult = { fields: Field[]; changes: number };

/**
 * Runs a prepared statement and keeps rows as they come. `enough` is called when many have come that nobody keeps. Of a
 * procedure with several results, the first one counts.
 */
export function runPrepared(
  connection: MysqlConnection,
  statement: Prepared,
  values: unknown[],
  keeper: RowKeeper<SqlCell>,
  enough: () => void,
): Promise<StatementResult> {
  const stream = streamOf(connection);
  return new Promise<StatementResult>((resolve, reject) => {
    // A command without a callback is not told that its connection is lost.
    const lost = (): void => reject(lostConnection());
    if (stream.destroyed) return lost();
    stream.once('close', lost);
    let fields: Field[] | undefined;
    let changes = 0;
    let dropped = 0;
    const command = statement.execute(values);
    command.on('fields', (found: Field[] | undefined, index: number) => {
      if (index === 0 && found) fields = found;
    });
    command.on('result', (result: RawCell[] | Outcome, index: number) => {
      if (!Array.isArray(result)) {
        changes += result.affectedRows;
        return;
      }
      if (index !== 0) return;
      const row = result.map((cell, i) => readCell(cell, fields?.[i] ?? TEXT));
      if (keeper.add(row, bytesOf(result))) return;
      dropped += 1;
      if (dropped === MANY) enough();
    });
    command.on('error', (error) => {
      stream.off('close', lost);
      reject(error);
    });
    command.on('end', () => {
      stream.off('close', lost);
      resolve({ fields: fields ?? [], changes });
    });
  });
}

function lostConnection(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNABORTED' });
}

/** It is cheaper to read some rows more than to stop the statement. */
const MANY = 1_000;

const TEXT: Field = { name: '', columnType: 253, columnLength: 0, flags: 0, characterSet: 45 };
