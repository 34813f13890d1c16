import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintToolList } from '../../../bench/support/lint-tool-list.mjs';
import { activeParts, parseModule } from '../../support/syntax-tree.js';
import { emitDatabase, type EmittedDatabase } from '../support/emit-database.js';
import { hostileNames, hostileSchema } from '../support/hostile-schema.js';
import { runSample } from '../support/run-sample.js';

describe.each(['postgres', 'mysql', 'sqlite'] as const)('a hostile schema of %s', (dialect) => {
  let emitted: EmittedDatabase;
  const names = hostileNames(dialect);
  const text = hostileSchema(dialect);

  beforeAll(async () => {
    emitted = await emitDatabase({ text, dialect, access: 'read-write', profile: 'typed' });
  });
  afterAll(() => emitted?.remove());

  it('is read as a whole', () => {
    const read = Object.values(emitted.source.database.tables).map(({ name }) => name);
    expect(read).toEqual(expect.arrayContaining(names));
  });

  it('G1 never becomes code', async () => {
    const generated = [...emitted.files].filter(([path]) => /^src\/generated\/.*\.ts$/.test(path));
    expect(generated.length).toBeGreaterThan(names.length);
    for (const [path, code] of generated) {
      const parts = activeParts(await parseModule(code));
      // Tables are put together from files of their own: ours, by names that are made of letters and digits.
      const unknown = parts.filter(
        (part) =>
          !/^import from \.\/tables\/[a-z0-9-]+\.js$/.test(part) &&
          !(part === 'SpreadElement' && path === 'src/generated/databases.ts'),
      );
      expect([path, unknown]).toEqual([path, []]);
    }
  });

  it('G14 keeps comments short, visible and where descriptions belong', () => {
    for (const { description = '' } of Object.values(emitted.source.database.tables)) {
      expect(description).not.toMatch(/[\u202e\u{e0000}-\u{e007f}\u0000-\u0009]/u);
      expect(description.length).toBeLessThan(700);
    }
  });

  it('has a sample that runs, with rows in every table', async () => {
    const { sample, database } = emitted.source;
    const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
    const own = Object.values(database.tables).map(({ name }) => name);
    const counts = await runSample(
      sample!,
      ...own.map((name) => `SELECT count(*) AS count FROM ${quote(name)}`),
    );
    expect(counts.flat().map(({ count }) => Number(count) >= 2)).toEqual(own.map(() => true));
  });

  it('lists tools that every client takes', async () => {
    const { client, close } = await emitted.connect('sqlite::memory:');
    const { tools } = await client.listTools();
    await close();
    expect(lintToolList(tools)).toEqual([]);
    expect(
      tools.map(({ name }) => name).filter((name) => !/^[A-Za-z0-9_-]{1,64}$/.test(name)),
    ).toEqual([]);
    expect(tools.length).toBeGreaterThan(names.length * 3);
  });

  it('has tests of its own that pass', async () => {
    expect((await emitted.ownTests()).failures).toEqual([]);
  }, 180_000);
});

it('grants of a hostile schema run, and do nothing else', async () => {
  const text = hostileSchema('postgres');
  const emitted = await emitDatabase({ text, dialect: 'postgres', profile: 'generic' });
  const database = await PGlite.create();
  try {
    await database.exec(text);
    await database.exec(emitted.files.get('grants/db.sql')!);
    const { rows } = await database.query(
      "SELECT DISTINCT table_name, privilege_type FROM information_schema.role_column_grants WHERE grantee = 'db_mcp' ORDER BY 1",
    );
    const read = Object.values(emitted.source.database.tables).map(({ name }) => name);
    expect(rows).toHaveLength(read.length);
    expect(new Set(rows.map((row) => (row as { privilege_type: string }).privilege_type))).toEqual(
      new Set(['SELECT']),
    );
  } finally {
    await database.close();
    await emitted.remove();
  }
});
