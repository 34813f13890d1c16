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

it('what a masked column may hold is not told, be it an enum or a text with a check', async () => {
  const text = `CREATE TABLE patients (id integer PRIMARY KEY, finding enum('fever', 'none'), state varchar(10)
    CHECK (state IN ('ill', 'well')), city varchar(10) CHECK (city IN ('Bern', 'Basel')));`;
  const { sources } = await readSchemaText(text, {
    dialect: 'mysql',
    columns: { 'patients.finding': 'masked', 'patients.state': 'masked' },
  });
  const { columns } = sources[0]!.database.tables['patients']!;
  expect(columns['city']?.values).toEqual(['Bern', 'Basel']);
  expect([columns['finding'], columns['state']]).toMatchObject([
    { masked: true },
    { masked: true },
  ]);
  expect([columns['finding']?.values, columns['state']?.values]).toEqual([undefined, undefined]);
});
