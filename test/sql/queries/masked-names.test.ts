import { describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../../src/blueprint/database.js';
import { maskedNames } from '../../../src/sources/sql/queries/masked-names.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';

const text = { kind: 'text', type: 'text' } as const;
const DATABASE: Pick<SqlDatabase, 'tables'> = {
  tables: {
    people: {
      name: 'People',
      columns: { id: text, mail: { ...text, name: 'E Mail', masked: true }, city: text },
    },
    notes: { name: 'notes', columns: { id: text, body: { ...text, masked: true } } },
  },
};

describe('masked columns in a statement', () => {
  it.each([
    ['SELECT "E Mail" FROM "People"', ['people.mail']],
    ['select `e mail` from people', ['people.mail']],
    ['SELECT p.* FROM people p', ['people.mail']],
    ['SELECT DISTINCT * FROM people, notes', ['people.mail', 'notes.body']],
    ['SELECT id, * FROM notes', ['notes.body']],
    ['SELECT id FROM notes WHERE body LIKE $1', ['notes.body']],
    ['SELECT count(*) FROM people', []],
    ['SELECT id FROM notes -- body', []],
    ["SELECT id, 'body' FROM notes /* body */", []],
    ['SELECT body FROM people', []],
    ['SELECT 2 * id FROM notes', []],
  ])('%s', (statement, expected) => {
    expect(maskedNames(statement, DATABASE)).toEqual(expected);
  });
});

it('is told with the place of the statement and what can be done', async () => {
  const file = 'specs/db.sql';
  const schema = 'CREATE TABLE pens (id INTEGER PRIMARY KEY, maker TEXT, name TEXT);';
  const queries = {
    makers: { description: 'Makers', sql: 'SELECT maker FROM pens' },
    names: { description: 'Names', sql: 'SELECT name FROM pens' },
  };
  const columns = { 'pens.maker': 'masked' } as const;
  const { findings } = await readBlueprint(
    {
      manifestVersion: 1,
      name: 'server',
      version: '1.0.0',
      serve: { transports: ['stdio'] },
      sources: { db: { sql: file, dialect: 'sqlite', queries, columns } },
    },
    { load: createLoader({ base: '/nowhere', known: new Map([[file, { file, text: schema }]]) }) },
  );
  const told = findings.filter(({ code }) => code === 'MCP854');
  expect(told.map(({ message, fix, origin }) => [message, fix, origin?.path.join('.')])).toEqual([
    [
      'the query makers reads pens.maker, masked elsewhere: it gives what the database has',
      'take it out of the statement, or write columns: { "pens.maker": shown } into the source if anybody may see it',
      'sources.db.queries.makers.sql',
    ],
  ]);
});
