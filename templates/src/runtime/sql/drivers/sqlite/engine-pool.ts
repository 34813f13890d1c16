import { log } from '../../../log.js';
import { failure } from '../failures.js';
import type { PoolSettings } from '../pool-settings.js';
import { unlessAborted } from '../settle.js';
import { createEngine, type Engine } from './engine-process.js';
import type { EngineOptions } from './messages.js';

export type EnginePool = {
  acquire: (signal: AbortSignal) => Promise<Engine>;
  release: (engine: Engine) => void;
  close: () => Promise<void>;
};

/** Each is a process of some 50 MB. */
const MOST = 4;

type Waiter = (engine: Engine | undefined) => void;

/**
 * Processes of SQLite, started when needed. The build of WebAssembly lets one transaction at a time at a file, so there is
 * one; Node's lets reads go on beside each other.
 */
export function createEnginePool(options: EngineOptions, settings: PoolSettings): EnginePool {
  const idle: Engine[] = [];
  const all = new Set<Engine>();
  const waiting: Waiter[] = [];
  const timers = new WeakMap<Engine, NodeJS.Timeout>();
  let limit = 1;
  let warned = false;

  const start = (): Engine => {
    const engine = createEngine(options);
    all.add(engine);
    engine.ready.then(
      (build) => {
        if (build === 'node') limit = Math.min(MOST, settings.size);
        if (build === 'wasm' && !warned) log.warn(NO_LOCKS, { file: options.path });
        warned = true;
        serve();
      },
      () => undefined,
    );
    return engine;
  };

  const take = (): Engine | undefined => {
    for (const engine of all) if (!engine.alive()) all.delete(engine);
    const engine = idle.pop();
    if (!engine) return all.size < limit ? start() : undefined;
    clearTimeout(timers.get(engine));
    return engine.alive() ? engine : take();
  };

  const serve = (): void => {
    while (waiting.length > 0) {
      const engine = take();
      if (!engine) return;
      waiting.shift()?.(engine);
    }
  };

  const wait = (): Promise<Engine> =>
    new Promise((resolve, reject) => {
      const waiter: Waiter = (engine) => {
        clearTimeout(timer);
        if (engine) resolve(engine);
        else reject(failure('unavailable', { message: BUSY }));
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(waiter), 1);
        waiter(undefined);
      }, settings.waitMs);
      waiting.push(waiter);
    });

  const release = (engine: Engine): void => {
    if (engine.alive()) {
      idle.push(engine);
      const timer = setTimeout(() => {
        idle.splice(idle.indexOf(engine), 1);
        all.delete(engine);
        void engine.close();
      }, settings.idleMs);
      timers.set(engine, timer.unref());
    }
    serve();
  };

  return {
    acquire: async (signal) => {
      const taking = Promise.resolve(take() ?? wait());
      taking.then(
        (late) => signal.aborted && release(late),
        () => undefined,
      );
      return unlessAborted(taking, signal);
    },
    release,
    close: async () => {
      await Promise.all([...all].map((engine) => engine.close()));
    },
  };
}

const BUSY = 'The database is busy with other calls. Try again later.';
const NO_LOCKS = 'SQLite runs as WebAssembly: no other program may write to its file meanwhile';
