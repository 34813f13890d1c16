import type { SessionOptions } from '../../driver.js';
import { endFailure, failure, LOST_AT_COMMIT, tooLarge } from '../failures.js';
import { createRowKeeper, NO_ROWS } from '../settle.js';
import type { Transaction } from '../transact.js';
import type { Connection } from './connections.js';
import { isServerError, mysqlFailure } from './failures.js';
import { runPrepared } from './statement.js';
import { breakOff, runText, toParameter } from './wire.js';

/** After the server should have stopped a statement by itself, and after it was asked to. */
const GRACE_MS = 2_000;
const INTERRUPTED = 1317;
/** They change nothing, and MySQL tells of their columns only when they run. */
const TELLS_LATE = /^\s*(?:SHOW|EXPLAIN)\s/i;

export type TransactionOptions = SessionOptions & {
  readOnly: boolean;
  connection: Connection;
  /** Stops the statement that the connection runs, from another connection. */
  kill: (connection: Connection) => Promise<void>;
};

/** A transaction that begins with its first statement. */
export function createTransaction(options: TransactionOptions): Transaction {
  const { connection, signal, timeoutMs, readOnly } = options;
  const { raw, isMariadb } = connection;
  const claims = Object.entries(options.claims ?? {});
  let begun = false;
  let broken = false;
  let stopped: 'timeout' | 'cancelled' | undefined;

  /** What holds for every transaction of the connection, also for that of a statement alone. */
  const prepareSession = async (): Promise<void> => {
    if (connection.timeoutMs !== timeoutMs) {
      const setting = isMariadb
        ? `max_statement_time = ${timeoutMs / 1_000}`
        : `max_execution_time = ${timeoutMs}`;
      await runText(raw, `SET SESSION ${setting}`);
      connection.timeoutMs = timeoutMs;
    }
    // Whatever ends a transaction that reads, what follows cannot write either; DDL ends each that writes.
    if (connection.readOnly !== readOnly) {
      await runText(raw, `SET SESSION TRANSACTION READ ${readOnly ? 'ONLY' : 'WRITE'}`);
      connection.readOnly = readOnly;
    }
  };

  const begin = async (): Promise<void> => {
    begun = true;
    await prepareSession();
    if (claims.length > 0) {
      const text = claims.map(([name]) => `${variable(name)} = ?`).join(', ');
      const statement = await connection.prepare(`SET ${text}`);
      const values = claims.map(([, value]) => value);
      await runPrepared(raw, statement, values, createRowKeeper({}), () => undefined);
    }
    await runText(raw, `START TRANSACTION READ ${readOnly ? 'ONLY' : 'WRITE'}`);
  };

  const stop = (why: 'timeout' | 'cancelled'): void => {
    stopped ??= why;
    broken = true;
    const force = setTimeout(() => breakOff(raw, 'it did not stop'), GRACE_MS);
    raw.once('end', () => clearTimeout(force));
    finished = () => clearTimeout(force);
    options.kill(connection).catch(() => breakOff(raw, 'it could not be stopped'));
  };
  let finished = (): void => undefined;

  /** Stops what runs when the signal fires or its time is over; MySQL itself ends only what reads. */
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    const cancel = (): void => stop('cancelled');
    const limit = timeoutMs + (isMariadb || readOnly ? GRACE_MS : 0);
    const timer = setTimeout(() => stop('timeout'), limit);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    } finally {
      clearTimeout(timer);
      finished();
      signal.removeEventListener('abort', cancel);
    }
  };

  const explain = (error: unknown): Error => {
    const found = mysqlFailure(error);
    if (!isServerError(error) && error !== found) broken = true;
    if (found.kind === 'unavailable') broken = true;
    if (stopped) return failure(stopped, { ...(found.code !== undefined && { code: found.code }) });
    return connection.overflowed() ? tooLarge(found) : found;
  };

  /** Stops a statement of which enough has come. The kill may come after its end, so the next statement is not one that counts. */
  const cutShort = async (run: (enough: () => void) => Promise<void>): Promise<void> => {
    let killing: Promise<void> | undefined;
    const enough = (): void => {
      killing = options.kill(connection).catch(() => void (broken = true));
    };
    try {
      await run(enough);
    } catch (error) {
      if (!killing || !isServerError(error) || error.errno !== INTERRUPTED) throw error;
    }
    if (!killing) return;
    await killing;
    await runText(raw, 'DO 0').catch(() => undefined);
  };

  return {
    reused: connection.reused,
    run: (statement, bounds = {}) =>
      watched(async () => {
        if (broken) throw failure('unavailable', { message: 'The transaction is over.' });
        connection.resetReceived();
        const alone = readOnly && bounds.last === true && claims.length === 0;
        if (!begun) await (alone ? prepareSession() : begin());
        const prepared = await connection.prepare(statement.text);
        // A transaction that reads does not stop DDL, which ends it: such statements have no columns.
        if (readOnly && prepared.columns.length === 0 && !TELLS_LATE.test(statement.text)) {
          throw failure('denied', { message: 'Only statements that return rows can run here.' });
        }
        const keeper = createRowKeeper(bounds);
        let result = { fields: prepared.columns, changes: 0 };
        await cutShort(async (enough) => {
          const values = statement.values.map(toParameter);
          const stop = readOnly ? enough : (): void => undefined;
          result = await runPrepared(raw, prepared, values, keeper, stop);
        });
        const columns = result.fields.map(({ name }) => name);
        const { rows, truncated } = keeper;
        return { ...NO_ROWS, columns, rows, changes: result.changes, truncated: truncated() };
      }),
    end: async (command) => {
      if (!begun) return;
      begun = false;
      if (broken && command === 'COMMIT') {
        throw failure('unavailable', { message: 'The connection was lost. Nothing was changed.' });
      }
      if (broken) return;
      const timer = setTimeout(() => breakOff(raw, 'it did not end'), timeoutMs + GRACE_MS);
      try {
        await runText(raw, command);
        if (claims.length === 0) return;
        const nulls = claims.map(([name]) => `${variable(name)} = NULL`).join(', ');
        await runText(raw, `SET ${nulls}`).catch(() => void (broken = true));
      } catch (error) {
        broken = true;
        const found = mysqlFailure(error);
        const isLost = command === 'COMMIT' && found.kind === 'unavailable';
        throw endFailure(found, isLost, LOST_AT_COMMIT);
      } finally {
        clearTimeout(timer);
      }
    },
    release: () => connection.release(broken),
  };
}

/** A name of ours, never a caller's; quoted as section "User-Defined Variables" of MySQL's manual says. */
function variable(name: string): string {
  return `@\`${name.replaceAll('`', '``')}\``;
}
