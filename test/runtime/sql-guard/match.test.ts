import { expect, it } from 'vitest';
import type { SqlText } from '../../../templates/src/runtime/sql/driver.js';
import { guard } from '../../../templates/src/runtime/sql/guard/sqlite.js';
import { guardDatabase } from './fixture.js';

const database = guardDatabase('sqlite');

/** A database whose catalogue has such a table, or none. */
function guarded(sql: string, definition?: string): Promise<unknown> {
  const run = async ({ text }: SqlText) => {
    const asked = /sql LIKE '%(\w+)%' OR sql LIKE '%(\w+)%'/.exec(text);
    const found = asked?.slice(1).some((module) => definition?.includes(module) === true);
    return { columns: [], rows: found ? [[1]] : [], changes: 0, truncated: false };
  };
  return guard({ sql, parameters: 0, database }, { run });
}

// The query names its column itself: `SELECT title … WHERE title MATCH 'body: x'` finds rows by their body.
it.each(['fts3', 'fts4'])('MATCH is refused beside tables of %s', async (module) => {
  const definition = `CREATE VIRTUAL TABLE pages USING ${module}(title, body)`;
  for (const sql of [
    "SELECT title FROM pages WHERE title MATCH 'body: x'",
    "SELECT title FROM pages WHERE title match 'body: x'",
    "SELECT title FROM pages WHERE match('body: x', title)",
    "WITH p AS (SELECT * FROM pages) SELECT 1 FROM p WHERE p.title MATCH 'body: x'",
  ]) {
    await expect(guarded(sql, definition)).rejects.toThrow(/^MATCH beside tables of FTS3 or FTS4/);
    await expect(guarded(sql)).resolves.toBeDefined();
  }
  const plain = "SELECT title FROM pages WHERE title LIKE '%match%'";
  await expect(guarded(plain, definition)).resolves.toBeDefined();
});
