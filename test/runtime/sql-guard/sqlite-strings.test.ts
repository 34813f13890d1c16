import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDriver } from '../../../templates/src/runtime/sql/drivers/open-driver.js';
import '../../support/typescript-children.js';
import { guardDatabase, guardScript } from './fixture.js';
import { OPTIONS, runStrings, type Running } from './run-strings.js';
import { SQLITE_BAD, SQLITE_GOOD } from './strings/sqlite.js';

const database = guardDatabase('sqlite');

runStrings('SQLite', {
  database,
  // There are no accounts.
  accounts: ['file'],
  missing: undefined,
  good: SQLITE_GOOD,
  bad: SQLITE_BAD,
  start,
});

async function start(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'guard-sqlite-'));
  const path = join(folder, 'data.sqlite');
  const file = openDriver({ database, address: `sqlite:${path}?mode=rwc`, env: {} });
  for (const text of guardScript('sqlite')) {
    await file.write((session) => session.run({ text, values: [] }), OPTIONS);
  }
  return {
    accounts: { file },
    fingerprint: async () => {
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
      return JSON.stringify([readdirSync(folder).filter((name) => !name.includes('lock')), hash]);
    },
    stop: async () => {
      await file.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
