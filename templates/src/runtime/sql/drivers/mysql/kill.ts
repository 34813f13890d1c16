import { createConnection, type ConnectionOptions } from 'mysql2';
import type { Connection } from './connections.js';
import { runText } from './wire.js';

const KILL_MS = 2_000;

/** Stops the statement that a connection runs, by a connection of its own. Resolves when the server has been told. */
export async function killStatement(config: ConnectionOptions, { raw }: Connection): Promise<void> {
  const killer = createConnection({ ...config, connectTimeout: KILL_MS });
  killer.on('error', () => undefined);
  try {
    await runText(killer, `KILL QUERY ${raw.threadId}`);
  } finally {
    killer.end(() => undefined);
  }
}
