import { describe, expect, it } from 'vitest';
import { readParsed } from '../../../src/sources/sql/postgres/parsed/read-parsed.js';
import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import { lossLines } from '../support/read-model.js';

const readers = { exact: readPostgres, fast: readParsed };

describe.each(Object.entries(readers))('the %s reader', (_, read) => {
  it('takes a reference to another schema for missing where the script makes only its namesake', async () => {
    const text = `CREATE SCHEMA own;
      CREATE TABLE own.keys (id integer PRIMARY KEY, other integer REFERENCES platform.keys (id));`;
    const reading = await read([{ path: 'a.sql', text }]);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['keys']);
    expect(reading.findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'MCP813',
        'CREATE TABLE own.keys refers to platform.keys, which is not there: it is read without that reference',
      ],
    ]);
    expect(lossLines(reading)).toEqual([]);
  });

  it('goes back to the schema that is there without being asked for', async () => {
    const text = `CREATE SCHEMA own; SET search_path TO own; CREATE TABLE a (id integer PRIMARY KEY);
      RESET search_path; CREATE TABLE b (id integer PRIMARY KEY);`;
    const { model } = await read([{ path: 'a.sql', text }]);
    expect(model.tables.map(({ schema, name }) => [schema, name])).toEqual([
      ['own', 'a'],
      ['public', 'b'],
    ]);
  });
});
