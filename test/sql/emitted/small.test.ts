import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lintToolList } from '../../../bench/support/lint-tool-list.mjs';
import { emitDatabase, type EmittedDatabase } from '../support/emit-database.js';

const SCHEMA = `CREATE TABLE owner (id integer NOT NULL PRIMARY KEY, name varchar(40) NOT NULL UNIQUE, api_key varchar(20));
CREATE TABLE pet (id integer NOT NULL PRIMARY KEY, owner_id integer NOT NULL REFERENCES owner (id),
  price decimal(8,2) NOT NULL, born date, note text);`;

const QUERIES = {
  pets_of: {
    description: 'The pets of an owner',
    sql: 'SELECT pet.id, pet.price FROM pet WHERE pet.owner_id = :owner AND pet.price < :most',
  },
  rename_owner: {
    description: 'Gives an owner another name',
    sql: 'UPDATE owner SET name = :name WHERE id = :id',
    writes: true,
  },
};

/** Of the tests in the project, among others. */
const TESTED = [
  'pets_of',
  'rename_owner changes something, or nothing at all',
  'query takes WITH all_rows AS (',
  'query refuses COMMIT',
  'query shows nothing of a masked column',
  'query says when there are more rows',
  'explain_query refuses DROP TABLE',
  ' refuses a condition on a masked column',
  ' refuses a row without its key',
  ' refuses a cursor of something else',
  'query has changed nothing by what it refused',
];

describe.each([
  ['postgres', 'hybrid', ['pglite', 'postgres']],
  ['mysql', 'generic', ['mysql', 'sqlite']],
  ['sqlite', 'typed', ['sqlite']],
] as const)('the server of a small schema of %s, %s', (dialect, profile, drivers) => {
  let emitted: EmittedDatabase;
  beforeAll(async () => {
    emitted = await emitDatabase({
      text: SCHEMA,
      dialect,
      profile,
      access: 'read-write',
      query: true,
      queries: QUERIES,
    });
  });
  afterAll(() => emitted?.remove());

  it('passes its own tests', async () => {
    const { output, failures } = await emitted.ownTests();
    expect(failures).toEqual([]);
    expect(TESTED.filter((name) => !output.includes(name))).toEqual([]);
  });

  it.each(drivers)('loads the driver %s in Node as it is', (driver) => {
    const file = join(emitted.root, `build/src/runtime/sql/drivers/${driver}.js`);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', `console.log(typeof (await import('file://${file}')).open)`],
      { encoding: 'utf8' },
    );
    expect(stdout + stderr).toBe('function\n');
  });

  it('lists tools that every client takes', async () => {
    const { client, close } = await emitted.connect('sqlite::memory:');
    const { tools } = await client.listTools();
    await close();
    expect(lintToolList(tools)).toEqual([]);
    expect(tools.map(({ name }) => name)).toEqual([...emitted.tools].sort());
  });
});
