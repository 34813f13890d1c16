import type { ChildProcess } from 'node:child_process';
import { startEngine } from '../embedded/start-engine.js';
import { failure } from '../failures.js';
import { sqliteFailure } from './failures.js';
import type { EngineAnswer, EngineOptions, EngineRequest, EngineResult } from './messages.js';

/** A process that runs SQLite for one transaction at a time. */
export type Engine = {
  /** Which build of SQLite it has. */
  ready: Promise<'node' | 'wasm'>;
  /** One request at a time. Rejects with SqlFailure. */
  ask: (request: EngineRequest) => Promise<EngineResult>;
  /** Ends it whatever it does; what it has not committed is undone by the next one. */
  kill: () => void;
  /** Ends it in order. */
  close: () => Promise<void>;
  alive: () => boolean;
};

const FILE = new URL('./engine.js', import.meta.url);
const CLOSE_MS = 2_000;

export function createEngine(options: EngineOptions): Engine {
  const child = startEngine(FILE, [JSON.stringify(options)], 'ipc');
  let pending:
    { resolve: (answer: EngineAnswer) => void; reject: (error: Error) => void } | undefined;
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const leave = (): void => {
      gone = true;
      pending?.reject(failure('unavailable', { detail: 'the process of SQLite ended' }));
      resolve();
    };
    child.once('exit', leave);
    child.once('error', leave);
  });
  child.on('message', (answer: EngineAnswer) => pending?.resolve(answer));

  let last: Promise<unknown> = Promise.resolve();
  const next = (send: () => void): Promise<EngineAnswer> => {
    const answered = new Promise<EngineAnswer>((resolve, reject) => {
      if (gone)
        return reject(failure('unavailable', { detail: 'the process of SQLite has ended' }));
      pending = { resolve, reject };
      // An answer or the end is awaited: without this, a process that waits for nothing else would end.
      child.channel?.ref();
      child.ref();
      send();
    }).finally(() => {
      pending = undefined;
      child.channel?.unref();
      child.unref();
    });
    last = answered;
    return answered;
  };

  const ready = next(() => undefined).then((answer) => {
    if ('ready' in answer) return answer.ready;
    throw failure('internal', { detail: JSON.stringify(answer) });
  });
  ready.catch(() => undefined);

  return {
    ready,
    ask: async (request) => {
      await ready;
      const answer = await next(() => send(child, request));
      if ('result' in answer) return answer.result;
      throw 'error' in answer
        ? sqliteFailure(answer.error, answer.code)
        : failure('internal', { detail: 'an answer to nothing' });
    },
    kill: () => {
      gone = true;
      child.kill('SIGKILL');
    },
    close: async () => {
      const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
      // Of a read that has just been answered, the end may be under way.
      await last.catch(() => undefined);
      child.ref();
      if (child.connected) child.disconnect();
      await exited;
      clearTimeout(force);
    },
    alive: () => !gone,
  };
}

/** A process that has just ended is noticed by its exit. */
function send(child: ChildProcess, request: EngineRequest): void {
  child.send(request, () => undefined);
}
