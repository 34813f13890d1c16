import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSqlConnections } from '../../../templates/src/runtime/sql/connections.js';
import { newFolder } from '../../support/new-folder.js';
import { quietLog } from '../sql/support/quiet.js';

const limits = {
  ...{ defaultRows: 1, maxRows: 1, timeoutMs: 1_000, maxTextChars: 10, maxBinaryBytes: 10 },
};
const databases = {
  db: { id: 'db', dialect: 'sqlite' as const, env: 'PETS_DATABASE_URL', tables: {}, limits },
};

/** What the start of a server with such a database logs. */
async function startWith(address: string): Promise<string[]> {
  const lines = quietLog();
  const connections = createSqlConnections(databases, { PETS_DATABASE_URL: address });
  await connections.check();
  await connections.close();
  return lines;
}

it('a SQLite file that is not there is told at the start, with what makes it', async () => {
  const folder = newFolder();
  const path = join(folder, 'pets.sqlite');
  const [line = '', ...others] = await startWith(`sqlite:${path}`);
  expect(others).toEqual([]);
  expect(line).toMatch(/ WARN {2}the database could not be checked database="db"/);
  expect(line).toContain('The file of the database does not exist.');
  expect(line).toContain(
    `there is no file ${path}: correct PETS_DATABASE_URL, or let npm run seed make it with made-up rows`,
  );
  expect(await startWith(`sqlite:${folder}`)).toHaveLength(1);
  // One that is made when something is written, and one in memory, need not be there.
  expect(await startWith(`sqlite:${path}?mode=rwc`)).toEqual([]);
  expect(await startWith('sqlite::memory:')).toEqual([]);
  writeFileSync(path, '');
  expect(await startWith(`sqlite:${path}`)).toEqual([]);
});
