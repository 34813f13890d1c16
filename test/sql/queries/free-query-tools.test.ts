import { describe, expect, it } from 'vitest';
import type { Blueprint } from '../../../src/blueprint/types.js';
import { copiedFiles } from '../../../src/project/copied.js';
import { dependenciesOf } from '../../../src/project/dependencies.js';
import { planProject } from '../../../src/project/plan.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';
import { planOptions } from '../../support/blueprint.js';
import { renderBlueprint, textOf } from '../../support/render.js';

const SCHEMA = {
  sqlite: 'CREATE TABLE pens (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);',
  mysql: 'CREATE TABLE `pens` (`id` int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;',
};

function read(
  sources: Record<string, Omit<SqlEntry, 'sql'> & { text: string }>,
): Promise<Blueprint> {
  const known = new Map(
    Object.entries(sources).map(([id, { text }]) => [
      `specs/${id}.sql`,
      { file: `specs/${id}.sql`, text },
    ]),
  );
  return readBlueprint(
    {
      manifestVersion: 1,
      name: 'server',
      version: '1.0.0',
      serve: { transports: ['stdio'] },
      sources: Object.fromEntries(
        Object.entries(sources).map(([id, { text: _, ...entry }]) => [
          id,
          { sql: `specs/${id}.sql`, ...entry },
        ]),
      ),
    },
    { load: createLoader({ base: '/nowhere', known }) },
  );
}

const sqlite = { text: SCHEMA.sqlite, dialect: 'sqlite' as const };
const mysql = { text: SCHEMA.mysql, dialect: 'mysql' as const };

describe('the tools for free queries', () => {
  it('are there only where they are asked for', async () => {
    const names = async (query?: boolean) => {
      const blueprint = await read({ db: { ...sqlite, ...(query !== undefined && { query }) } });
      return blueprint.tools.map(({ name }) => name).filter((name) => name.includes('query'));
    };
    expect(await names()).toEqual([]);
    expect(await names(false)).toEqual([]);
    expect(await names(true)).toEqual(['query', 'explain_query']);
  });

  it('say what they take and what they are bound by', async () => {
    const limits = { maxRows: 70, timeoutMs: 2_500 };
    const { tools } = await read({ db: { ...mysql, query: true, limits } });
    const query = tools.find(({ name }) => name === 'query');
    expect(query?.description).toContain('Runs one SELECT (MySQL) on db');
    expect(query?.description).toContain('At most 70 rows and 2.5 s; nothing is changed.');
    expect(query?.annotations).toEqual({ readOnlyHint: true, openWorldHint: false });
    expect(query?.inputSchema['required']).toEqual(['sql']);
    expect(Object.keys(query?.inputSchema['properties'] as object)).toEqual([
      'sql',
      'parameters',
      'limit',
    ]);
    expect(query?.binding).toEqual({ kind: 'sql', source: 'db', action: 'query' });
    expect(query?.example).toEqual({ sql: 'SELECT COUNT(*) AS n FROM `pens`' });
    const explain = tools.find(({ name }) => name === 'explain_query');
    expect(explain?.binding).toEqual({ kind: 'sql', source: 'db', action: 'explain' });
  });

  it('carry the prefix of their source; two sources without one clash like any others', async () => {
    const both = {
      one: { ...sqlite, query: true },
      two: { ...sqlite, query: true, prefix: 'lab' },
    };
    const { tools } = await read(both);
    const names = tools.map(({ name }) => name).filter((name) => name.includes('query'));
    expect(names).toEqual(['query', 'explain_query', 'lab_query', 'lab_explain_query']);
    await expect(read({ ...both, two: { ...sqlite, query: true } })).rejects.toThrow(
      /^one and two both have tools named: .* and 2 more$/,
    );
  });
});

describe('the guard', () => {
  const guardFiles = (blueprint: Blueprint) =>
    planProject(blueprint, planOptions)
      .map(({ path }) => path)
      .filter((path) => /guard\/(?:postgres|mysql|sqlite)\.ts$/.test(path));

  it('is part of projects with free queries alone, for the database and the one of tests', async () => {
    expect(guardFiles(await read({ db: mysql }))).toEqual([]);
    expect(guardFiles(await read({ db: { ...mysql, query: true } }))).toEqual([
      'src/runtime/sql/guard/mysql.ts',
      'src/runtime/sql/guard/sqlite.ts',
    ]);
    const mixed = await read({ db: mysql, file: { ...sqlite, query: true, prefix: 'f' } });
    expect(guardFiles(mixed)).toEqual(['src/runtime/sql/guard/sqlite.ts']);
    const files = await renderBlueprint(mixed);
    expect(textOf(files, 'src/runtime/sql/guard/available.ts')).toContain(
      "export const guards: Guards = {\n  sqlite: () => import('./sqlite.js'),\n};",
    );
  });

  it('brings the parser of PostgreSQL only to projects that need it', async () => {
    const text = 'CREATE TABLE pens (id serial PRIMARY KEY, name text);';
    const dialect = 'postgres' as const;
    const without = await read({ db: { text, dialect } });
    const withQuery = await read({ db: { text, dialect, query: true } });
    const used = (blueprint: Blueprint) =>
      dependenciesOf(blueprint, copiedFiles(blueprint)).dependencies;
    expect(used(without)).not.toHaveProperty('libpg-query');
    expect(used(withQuery)['libpg-query']).toBe('18.1.5');
    expect(guardFiles(withQuery)).toEqual(['src/runtime/sql/guard/postgres.ts']);
  });

  it('knows the functions that are allowed besides those of the database', async () => {
    const functions = ['similarity'];
    const allowed = async (query: boolean) => {
      const [source] = (await read({ db: { ...sqlite, query, functions } })).sources;
      return source?.kind === 'sql' ? source.database.functions : undefined;
    };
    expect(await allowed(true)).toEqual(['similarity']);
    expect(await allowed(false)).toBeUndefined();
  });
});

describe('the documents of a project', () => {
  it('speak of free queries where there are some', async () => {
    for (const query of [true, false]) {
      const files = await renderBlueprint(await read({ db: { ...sqlite, query } }));
      expect(textOf(files, 'SETTINGS.md').includes('### Free queries')).toBe(query);
      expect(textOf(files, 'README.md').includes('SETTINGS.md#free-queries')).toBe(query);
    }
  });

  it('show how to look at made-up rows in a file of their own', async () => {
    const text = textOf(await renderBlueprint(await read({ db: sqlite })), 'README.md');
    expect(text).toContain(
      'DATABASE_URL=sqlite:./data/db npm run seed\nDATABASE_URL=sqlite:./data/db npm start\n',
    );
    expect(text).not.toContain('grants/');
    // Others than a shell start the server anywhere.
    expect(text).toContain('write the paths in `.env` as absolute ones');
  });
});
