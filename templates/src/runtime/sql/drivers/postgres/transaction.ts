import type { SessionOptions, SqlBounds, SqlCell, SqlText } from '../../driver.js';
import { endFailure, failure, LOST_AT_COMMIT, tooLarge } from '../failures.js';
import { createRowKeeper, type RowKeeper } from '../settle.js';
import type { Transaction } from '../transact.js';
import { runBatch, type Batch, type BatchResult, type Step } from './batch.js';
import { readCell, type CellKind } from './cells.js';
import type { Connection } from './connections.js';
import { isServerError, postgresFailure } from './failures.js';
import type { CellKinds } from './types.js';
import { toWire } from './values.js';
import { wireOf, type Field } from './wire.js';

/** Rows that are asked for at once where there is a limit. */
const CHUNK = 1_000;
/** After the server should have stopped a statement by itself, and after it was asked to. */
const GRACE_MS = 2_000;

export type TransactionParts = {
  readOnly: boolean;
  connection: Connection;
  kinds: CellKinds;
  /** Stops the statement that the connection runs; resolves when that was asked for. */
  stop: (connection: Connection) => Promise<void>;
  /** The server cannot stop a statement when its time is over. */
  ownTimeout?: boolean;
};

/** A transaction that begins with its first statement, in the same round trip. */
export function createTransaction(
  { signal, timeoutMs, claims = {} }: SessionOptions,
  { connection, kinds, readOnly, ownTimeout, stop: stopStatement }: TransactionParts,
): Transaction {
  const { client, statements } = connection;
  let begun = false;
  let stopped: 'timeout' | 'cancelled' | undefined;
  let broken = false;

  const prelude = (): Batch['before'] => {
    const settings = Object.entries(claims);
    const calls = settings.map((_, i) => `, set_config($${i * 2 + 2}, $${i * 2 + 3}, true)`);
    return [
      statements.step(readOnly ? 'BEGIN READ ONLY' : 'BEGIN READ WRITE', []),
      statements.step(`SELECT set_config('statement_timeout', $1, true)${calls.join('')}`, [
        String(timeoutMs),
        ...settings.flat(),
      ]),
    ];
  };

  const stop = (why: 'timeout' | 'cancelled'): void => {
    stopped ??= why;
    broken = true;
    const force = setTimeout(() => destroy(connection), GRACE_MS);
    client.once('end', () => clearTimeout(force));
    void stopStatement(connection).catch(() => destroy(connection));
  };

  /** Stops what runs when the signal fires, or when the server has not done so in time. */
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    const cancel = (): void => stop('cancelled');
    const limit = timeoutMs + (ownTimeout ? 0 : GRACE_MS);
    const timer = setTimeout(() => stop('timeout'), limit);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  };

  const explain = (error: unknown): Error => {
    if (!isServerError(error) || error.severity !== 'ERROR') broken = true;
    const found = postgresFailure(error);
    if (stopped) return failure(stopped, { ...(found.code && { code: found.code }) });
    return connection.overflowed() ? tooLarge(found) : found;
  };

  const batch = async (
    main: Batch['main'] | SqlText,
    limit: number,
    keeper: RowKeeper<string | null>,
    last = false,
  ): Promise<BatchResult> => {
    const close = statements.takeClosed();
    const before = begun ? [] : prelude();
    const step =
      typeof main === 'object' && !('name' in main)
        ? statements.step(main.text, main.values.map(toWire))
        : main;
    const after = last ? statements.step('ROLLBACK', []) : undefined;
    begun = true;
    connection.resetReceived();
    try {
      const sent = { before, main: step, close, limit, keeper };
      const result = await runBatch(client, { ...sent, ...(after && { after }) });
      if (after) begun = false;
      return result;
    } catch (error) {
      const steps = [...before, step, after].filter((one) => typeof one === 'object');
      statements.forget(steps, isStale(error));
      throw error;
    }
  };

  const fetch = async (statement: SqlText, bounds: SqlBounds) => {
    const keeper = createRowKeeper<string | null>(bounds);
    // What a change returns is sent to its end: only then is told how many rows it changed.
    const some = bounds.maxRows !== undefined || bounds.maxBytes !== undefined;
    const limit =
      some && (readOnly || /^\s*select\b/i.test(statement.text))
        ? Math.min(CHUNK, (bounds.maxRows ?? CHUNK) + 1)
        : 0;
    // All that is wanted comes at once, and nothing of what the statement says can be more than that.
    const whole = limit > 0 && bounds.maxRows !== undefined && limit > bounds.maxRows;
    const last = readOnly && bounds.last === true && whole;
    const start = (): Promise<BatchResult> => batch(statement, limit, keeper, last);
    let result = await start().catch(async (error: unknown) => {
      // What reads has nothing to lose: it goes on in another transaction, where the statement is parsed anew.
      if (!readOnly || !isStale(error)) throw error;
      await finish({ text: 'ROLLBACK', values: [], name: '', parsed: false });
      begun = false;
      return start();
    });
    const fields: Field[] = result.fields ?? [];
    while (result.tag === undefined && !keeper.truncated()) {
      result = await batch('continue', CHUNK, keeper);
    }
    return { keeper, fields, tag: result.tag };
  };

  const finish = async (main: Step): Promise<BatchResult> => {
    const timer = setTimeout(() => destroy(connection), timeoutMs + GRACE_MS);
    const keeper = createRowKeeper<string | null>({});
    return runBatch(client, { before: [], main, limit: 0, keeper }).finally(() =>
      clearTimeout(timer),
    );
  };

  return {
    reused: connection.used,
    run: async (statement, bounds = {}) =>
      watched(async () => {
        // After a statement that ended the transaction, the next one would run outside of any.
        if (broken) throw failure('unavailable', { message: 'The transaction is over.' });
        const { keeper, fields, tag } = await fetch(statement, bounds);
        if (begun && client.getTransactionStatus() === 'I') {
          broken = true;
          throw failure('denied', { message: 'A statement may not end its transaction.' });
        }
        const found = await kinds.find(
          fields.map(({ dataTypeID }) => dataTypeID),
          connection,
        );
        return {
          columns: fields.map(({ name }) => name),
          rows: readRows(keeper.rows, found),
          changes: changesOf(tag),
          truncated: keeper.truncated(),
        };
      }),
    end: async (command) => {
      if (!begun) return;
      begun = false;
      if (broken && command === 'COMMIT') {
        throw failure('unavailable', { message: 'The connection was lost. Nothing was changed.' });
      }
      if (broken) return;
      const { tag } = await finish(statements.step(command, [])).catch((error: unknown) => {
        broken ||= !isServerError(error) || error.severity !== 'ERROR';
        throw endFailure(postgresFailure(error), broken && command === 'COMMIT', LOST_AT_COMMIT);
      });
      if (tag === command) return;
      throw failure('conflict', { message: 'A statement had failed, so nothing was changed.' });
    },
    release: () => connection.release(broken || client.getTransactionStatus() !== 'I'),
  };
}

/** A plan that no longer fits a changed table, or a statement that a proxy in between lost. */
function isStale(error: unknown): boolean {
  if (!isServerError(error)) return false;
  return error.routine === 'RevalidateCachedQuery' || error.code === '26000';
}

/** In place: nobody else has the rows, and there can be many. */
function readRows(rows: SqlCell[][], kinds: readonly CellKind[]): SqlCell[][] {
  const others = kinds.flatMap((kind, at) => (kind === 'text' ? [] : [{ kind, at }]));
  for (const row of rows) {
    for (const { kind, at } of others) row[at] = readCell(row[at] as string | null, kind);
  }
  return rows;
}

function destroy({ client }: Connection): void {
  wireOf(client).stream.destroy();
}

/** `UPDATE 3`, `INSERT 0 3`; a SELECT changes nothing. */
function changesOf(tag: string | undefined): number {
  const changed = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)$/.exec(tag ?? '')?.[1];
  return Number(changed ?? 0);
}
