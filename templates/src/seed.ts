import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databases } from './generated/databases.js';
import { samples } from './generated/samples.js';
import { openDriver } from './runtime/sql/drivers/open-driver.js';
import { creating, fillWithSample } from './runtime/sql/sample.js';

// Fills an embedded database with made-up rows, for a first look without a server. A real one is never touched.
const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) process.loadEnvFile(settings);

for (const [id, database] of Object.entries(databases)) {
  const sample = samples[id];
  const given = process.env[database.env] ?? database.url;
  const address = given ?? `${sample?.driver}:./data/${id}`;
  if (sample === undefined || !address.startsWith(`${sample.driver}:`)) {
    console.error(`${database.env} is not the address of an embedded database: nothing was done.`);
    process.exitCode = 2;
    continue;
  }
  const [path = ''] = address.replace(/^\w+:(?:\/\/)?/, '').split('?');
  if (existsSync(path)) {
    const another = `${database.env}=${sample.driver}:./data/made-up`;
    console.error(
      `${path} is there already: nothing was done. A new one gets made-up rows: ${another}`,
    );
    process.exitCode = 2;
    continue;
  }
  mkdirSync(dirname(path), { recursive: true });
  const driver = openDriver({ database, address: creating(address), env: process.env });
  try {
    await fillWithSample(driver, sample);
    console.log(`${id} has made-up rows now: ${database.env}=${address}`);
  } catch (error) {
    console.error(`${id}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await driver.close();
  }
}
