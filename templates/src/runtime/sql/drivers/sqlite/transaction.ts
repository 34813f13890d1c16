import type { SessionOptions } from '../../driver.js';
import { endFailure, failure } from '../failures.js';
import type { Transaction } from '../transact.js';
import type { Engine } from './engine-process.js';
import { sqliteFailure } from './failures.js';

/** How long a lock of another program is waited for, at most. */
const BUSY_MS = 5_000;
const GRACE_MS = 2_000;
const UNKNOWN = 'SQLite ended while the change was made final: it may have been made.';

/** Each statement is of the kind that its first word says; what comes after a semicolon is not run. */
const READS = new Set(['select', 'with', 'values', 'explain']);
const NEVER = new Set([
  ...[
    'begin',
    'commit',
    'end',
    'rollback',
    'savepoint',
    'release',
    'attach',
    'detach',
    'vacuum',
    'pragma',
  ],
]);

export type TransactionOptions = SessionOptions & {
  readOnly: boolean;
  engine: Engine;
  /** Bytes that one result may have. */
  most: number;
  release: () => void;
};

/** A transaction that begins with its first statement. */
export function createTransaction(options: TransactionOptions): Transaction {
  const { engine, readOnly, signal, timeoutMs, most } = options;
  let begun = false;
  let stopped: 'timeout' | 'cancelled' | undefined;

  /** Neither build can be interrupted, so its process ends when the signal fires or the time is over. */
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    const stop = (why: 'timeout' | 'cancelled'): void => {
      stopped ??= why;
      engine.kill();
    };
    const cancel = (): void => stop('cancelled');
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await work();
    } catch (error) {
      throw stopped ? failure(stopped) : sqliteFailure(error);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  };

  return {
    reused: false,
    run: async ({ text, values }, bounds = {}) => {
      const word = firstWord(text);
      if (NEVER.has(word) || (readOnly && !READS.has(word))) {
        throw failure('denied', { message: 'A statement of this kind cannot run here.' });
      }
      // Starting a process is not the statement's time.
      await engine.ready;
      if (signal.aborted) throw failure('cancelled');
      const begin = { readOnly, busyMs: Math.min(BUSY_MS, Math.floor(timeoutMs / 2)) };
      const first = !begun;
      begun = true;
      const end = readOnly && bounds.last === true;
      const result = await watched(() =>
        engine.ask({
          ...{ ask: 'run', text, values, bounds, most },
          ...(first && { begin }),
          ...(end && { end }),
        }),
      );
      if (end) begun = false;
      return result;
    },
    end: async (command) => {
      if (!begun) return;
      begun = false;
      if (!engine.alive()) {
        if (command === 'ROLLBACK') return;
        throw failure('unavailable', { message: 'SQLite ended. Nothing was changed.' });
      }
      const timer = setTimeout(() => engine.kill(), timeoutMs + GRACE_MS);
      try {
        await engine.ask({ ask: 'end', command });
      } catch (error) {
        throw endFailure(sqliteFailure(error), command === 'COMMIT' && !engine.alive(), UNKNOWN);
      } finally {
        clearTimeout(timer);
      }
    },
    release: options.release,
  };
}

/** In lower case, after comments and white space. */
function firstWord(text: string): string {
  const start = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0].length ?? 0;
  return /^[a-z]*/i.exec(text.slice(start))?.[0].toLowerCase() ?? '';
}
