import type { SqlDriver } from './driver.js';

/** A database with a few made-up rows: what callers see of the real one, made anew in an embedded one. */
export type SqlSample = {
  driver: 'pglite' | 'sqlite';
  /** In an order in which they run. */
  statements: string[];
};

const TIMEOUT_MS = 60_000;

/** Makes the tables with their rows, all or nothing. Rejects with SqlFailure, e.g. where they are there already. */
export async function fillWithSample(driver: SqlDriver, { statements }: SqlSample): Promise<void> {
  const options = { signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
  await driver.write(async (session) => {
    for (const text of statements) await session.run({ text, values: [] });
  }, options);
}

/** The address, such that a file of SQLite that is not there yet is made. */
export function creating(address: string): string {
  if (!/^(?:sqlite|file):/i.test(address) || /[?&]mode=/.test(address)) return address;
  return `${address}${address.includes('?') ? '&' : '?'}mode=rwc`;
}
