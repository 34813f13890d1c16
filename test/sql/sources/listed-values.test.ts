import { expect, it } from 'vitest';
import { readSchemaText } from '../support/read-schema-text.js';

it.each([
  [
    'sqlite',
    "CREATE TABLE job (id integer PRIMARY KEY, state text NOT NULL CHECK (state IN ('new', 'done')), n integer CHECK (n IN (1, 2)));",
  ],
  [
    'postgres',
    "CREATE TABLE job (id integer PRIMARY KEY, state text NOT NULL CHECK (state IN ('new', 'done')), n integer CHECK (n IN (1, 2)));",
  ],
  [
    'mysql',
    "CREATE TABLE job (id integer PRIMARY KEY, state varchar(10) NOT NULL CHECK (state IN ('new', 'done')), n integer CHECK (n IN (1, 2)));",
  ],
] as const)('a check of %s that lists texts says what a column holds', async (dialect, text) => {
  const { sources, tools } = await readSchemaText(text, { dialect, access: 'read-write' });
  const columns = sources[0]!.database.tables['job']!.columns;
  expect(columns['state']).toMatchObject({ kind: 'text', values: ['new', 'done'] });
  expect(columns['n']).not.toHaveProperty('values');
  const create = tools.find(({ name }) => name === 'create_job')!;
  expect(create.inputSchema).toMatchObject({
    properties: {
      values: {
        properties: { state: { enum: ['new', 'done'] }, n: { enum: [1, 2, null] } },
      },
    },
  });
});
