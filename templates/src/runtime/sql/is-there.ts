import type { SqlConnections } from './connections.js';

const STATEMENT_MS = 2_000;

/** Whether a database answers. Rejects when it does not; false where it is not configured. */
export async function isThere(
  { driver, problems }: Pick<SqlConnections, 'driver' | 'problems'>,
  source: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (problems(source).length > 0) return false;
  const { read } = await driver(source);
  await read(({ run }) => run({ text: 'SELECT 1', values: [] }), {
    signal,
    timeoutMs: STATEMENT_MS,
  });
  return true;
}
