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
