import { expect, it } from 'vitest';
import { readSchemaText } from '../support/read-schema-text.js';

const SCHEMA = `
CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL, password_hash TEXT);
CREATE TABLE pet (id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL REFERENCES owner (id));
CREATE VIEW names AS SELECT id, name FROM owner;
`;

it('columns that look like secrets, keys without an index, and views that shall be written are told', async () => {
  const access = { names: 'read-write' } as const;
  const { findings } = await readSchemaText(SCHEMA, { dialect: 'sqlite', access });
  expect(findings.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
    'MCP841 owner.password_hash looks like a secret: it is masked',
    'MCP842 pet (owner_id) refers to owner without an index',
    expect.stringMatching(/^MCP847 names stays read-only in spite of access: read-write: /),
  ]);
});

it('a table with a value that callers cannot give is one in which no row is made, but changed and deleted', async () => {
  const { findings, sources } = await readSchemaText(SCHEMA, {
    dialect: 'sqlite',
    access: { owner: 'read-write' },
    columns: { 'owner.name': 'read-only' },
  });
  expect(findings.filter(({ code }) => code === 'MCP847').map(({ message }) => message)).toEqual([
    'no row of owner can be made in spite of its access: name needs a value that callers cannot give',
  ]);
  expect(sources[0]!.database.tables['owner']!.writes).toEqual(['update', 'delete']);
});
