import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { SqlDriver } from '../driver.js';
import { startEngine } from './embedded/start-engine.js';
import type { DriverOptions } from './open-driver.js';
import { readPoolSettings } from './pool-settings.js';
import { createConnections } from './postgres/connections.js';
import { createPostgresDriver } from './postgres/driver.js';
import { wireOf } from './postgres/wire.js';

const ENGINE = new URL('./pglite/engine.js', import.meta.url);
/** It takes seconds to start, longer where it makes a new database. */
const START_MS = 60_000;

/**
 * PostgreSQL as WebAssembly, in a process of its own, for tests and demos: `pglite:./folder`, or `pglite://memory` for a
 * database that goes with this process. One connection; a statement that is stopped costs a restart of the engine, which
 * keeps what was committed. Throws SettingError.
 */
export function open({ address, env }: DriverOptions): SqlDriver {
  const path = address.slice(address.indexOf(':') + 1).replace(/^\/\//, '');
  const engines = new Set<ChildProcess>();
  let folder: string | undefined;
  let temporary: string | undefined;
  const connections = createConnections(
    {
      host: 'localhost',
      user: 'postgres',
      database: 'postgres',
      password: '',
      ssl: false,
      stream: () => connectEngine(folder ?? '', engines),
    },
    { ...readPoolSettings(env), size: 1, waitMs: START_MS, idleMs: 0, lifetimeSeconds: 0, uses: 0 },
  );
  const prepare = async (): Promise<void> => {
    if (folder !== undefined) return;
    if (path === 'memory') temporary = await mkdtemp(join(tmpdir(), 'mcp-server-pglite-'));
    folder ??= temporary ? join(temporary, 'data') : resolve(path);
    mkdirSync(dirname(folder), { recursive: true });
  };
  let prepared: Promise<void> | undefined;
  const driver = createPostgresDriver({
    connections: {
      ...connections,
      acquire: async (signal) => {
        await (prepared ??= prepare());
        return connections.acquire(signal);
      },
    },
    stop: async ({ client }) => wireOf(client).stream.destroy(),
    ownTimeout: true,
    close: async () => {
      await connections.close();
      // What is waited for keeps this process going after all.
      for (const engine of engines) engine.ref();
      await Promise.all([...engines].map((engine) => once(engine, 'exit')));
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  });
  return {
    ...driver,
    // Connects as any other does, but its one account can be no other.
    inspectRights: async (what) => {
      await driver.inspectRights(what);
      return [];
    },
  };
}

/** A stream to a new engine that looks like a socket to `pg`; to destroy it ends the engine. */
function connectEngine(folder: string, engines: Set<ChildProcess>): Socket {
  const engine = startEngine(ENGINE, [folder], 'pipe');
  engines.add(engine);
  engine.once('exit', () => engines.delete(engine));
  const socket = engine.stdio[3] as Socket;
  socket.once('close', () => engine.kill('SIGKILL'));
  engine.once('error', (error) => socket.destroy(error));
  return Object.assign(socket, {
    connect: () => {
      queueMicrotask(() => socket.emit('connect'));
      return socket;
    },
  });
}
