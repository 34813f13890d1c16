import { expect, it } from 'vitest';
import { databaseVariable } from '../../../src/sources/manifest/database-variable.js';
import type { SourceEntry } from '../../../src/sources/manifest/sources.js';
import { addressOf } from '../../../src/sources/sql/expose/settings.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';

const shop: SourceEntry = { sql: 'shop.sql' };
const named = (database: string): SourceEntry => ({ sql: 'x.sql', database });

it.each<[string, Record<string, SourceEntry>, string, string]>([
  ['the only one', { shop }, 'shop', 'DATABASE_URL'],
  ['the only database', { api: { openapi: 'a.yaml' }, shop }, 'shop', 'DATABASE_URL'],
  ['the first of two', { shop, 'my-blog': shop }, 'shop', 'DATABASE_URL'],
  ['the second of two', { shop, 'my-blog': shop }, 'my-blog', 'MY_BLOG_DATABASE_URL'],
  ['the third', { shop, blog: shop, log: shop }, 'log', 'LOG_DATABASE_URL'],
  [
    'one beside another that names it',
    { shop, a: named('${DATABASE_URL}') },
    'shop',
    'SHOP_DATABASE_URL',
  ],
  ['one that names it', { shop, a: named('${DATABASE_URL}') }, 'a', 'DATABASE_URL'],
  ['one that names another', { shop, a: named('${A_DB:-sqlite:./a}') }, 'a', 'A_DB'],
  [
    'the first beside one that names another',
    { a: named('${A_DB}'), shop },
    'shop',
    'DATABASE_URL',
  ],
  ['one that lies in a file', { a: named('${file:/run/secrets/shop-db}') }, 'a', 'SHOP_DB'],
  [
    'one beside another in a file of the same name',
    { shop, a: named('${file:/run/secrets/database_url}') },
    'shop',
    'SHOP_DATABASE_URL',
  ],
])('the variable of %s', (_, sources, id, variable) => {
  expect(databaseVariable(id, sources)).toBe(variable);
});

it('two SQLite databases without a word of where they are have files of their own', () => {
  const of = (id: string, variable: string) => addressOf({}, { id, dialect: 'sqlite', variable });
  expect([of('shop', 'DATABASE_URL'), of('blog', 'BLOG_DATABASE_URL')]).toEqual([
    { env: 'DATABASE_URL', url: 'sqlite:./data.sqlite' },
    { env: 'BLOG_DATABASE_URL', url: 'sqlite:./blog.sqlite' },
  ]);
});

it('a manifest with two databases asks for two addresses', async () => {
  const text = 'CREATE TABLE a (id integer PRIMARY KEY);';
  const known = new Map([['a.sql', { file: 'a.sql', text }]]);
  const source = { sql: 'a.sql', dialect: 'mysql' as const };
  const blueprint = await readBlueprint(
    {
      manifestVersion: 1,
      name: 'test',
      version: '1.0.0',
      sources: { shop: source, blog: { ...source, prefix: 'blog_' } },
      serve: { transports: ['stdio'] },
    },
    { load: createLoader({ base: '/nowhere', known }) },
  );
  expect(blueprint.sources.flatMap(({ settings }) => settings.map(({ env }) => env))).toEqual([
    'DATABASE_URL',
    'BLOG_DATABASE_URL',
  ]);
});
