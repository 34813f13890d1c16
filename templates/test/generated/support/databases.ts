import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databases } from '../../../src/generated/databases.js';
import { samples } from '../../../src/generated/samples.js';
import { openDriver } from '../../../src/runtime/sql/drivers/open-driver.js';
import { creating, fillWithSample } from '../../../src/runtime/sql/sample.js';

/** Embedded databases with made-up rows in a folder of their own, and the environment that leads to them. */
export async function startDatabases() {
  const folder = await mkdtemp(join(tmpdir(), 'databases-'));
  const env: Record<string, string> = {};
  for (const [id, database] of Object.entries(databases)) {
    const sample = samples[id];
    if (sample === undefined) continue;
    const address = `${sample.driver}:${join(folder, id)}`;
    env[database.env] = address;
    for (const claim of Object.values(database.claims ?? {})) {
      env[typeof claim === 'string' ? claim : claim.env] = '1';
    }
    const driver = openDriver({ database, address: creating(address), env: {} });
    try {
      await fillWithSample(driver, sample);
    } finally {
      await driver.close();
    }
  }
  return {
    env,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
