import { describe, expect, it } from 'vitest';
import { sampleTypes } from '../../../src/sources/sql/sample/sample-types.js';
import { readSchemaText } from '../support/read-schema-text.js';
import { runSample } from '../support/run-sample.js';

const sampleOf = async (text: string, dialect: 'postgres' | 'mysql' | 'sqlite') => {
  const { sources, tools } = await readSchemaText(text, {
    dialect,
    access: 'read-write',
    profile: 'typed',
  });
  const example = (name: string) => tools.find((tool) => tool.name === name)?.example;
  return { sample: sources[0]!.sample!, example };
};

it('types of a file that was changed by hand end, and bring no statement of their own', () => {
  const domain = { kind: 'text', sql: 'd', domain: 'd' } as const;
  const evil = { kind: 'text', sql: "text); DROP TABLE pet; SELECT ('" } as const;
  const columns = [domain, evil].map((type, at) => ({ name: `c${at}`, type, nullable: true }));
  const facts = {
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    origin: { file: 'a', path: [] },
  };
  const { statements, nameOf } = sampleTypes(
    { tables: {} } as never,
    {
      ...{ dialect: 'postgres', tables: [], enums: [], functions: [] },
      domains: [{ schema: 'public', name: 'd', base: domain, nullable: true, checks: [] }],
    },
    new Map([['t', { ...{ schema: 'public', name: 't', kind: 'table', columns }, ...facts }]]),
  );
  expect(statements[0]).toBe('CREATE DOMAIN "public"."d" AS text');
  expect(nameOf({ kind: 'decimal', sql: 'numeric(10,2)' }, 'public')).toBe('numeric(10,2)');
  expect(nameOf(evil, 'public')).toMatch(/^"[^"]*"\."[^"]*"$/);
  expect(statements).toHaveLength(2);
});

describe('made-up rows', () => {
  it('are three, and each finds the rows that it refers to', async () => {
    const { sample, example } = await sampleOf(
      `CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL, owner INTEGER NOT NULL REFERENCES owner (id));
       CREATE TABLE owner (id INTEGER PRIMARY KEY, mail TEXT NOT NULL UNIQUE);`,
      'sqlite',
    );
    const [rows] = await runSample(
      sample,
      'SELECT p.id, p.name, o.mail FROM pet p JOIN owner o ON o.id = p.owner ORDER BY 1',
    );
    expect(rows).toEqual([
      { id: 1, name: 'name 1', mail: 'person1@example.com' },
      { id: 2, name: 'name 2', mail: 'person2@example.com' },
      { id: 3, name: 'name 3', mail: 'person3@example.com' },
    ]);
    expect(example('create_pet')).toEqual({ values: { id: 4, name: 'name 4', owner: 1 } });
    expect(example('delete_pet')).toEqual({ key: { id: 3 } });
    // Pets refer to owners: none of them can go.
    expect(example('delete_owner')).toBeUndefined();
  });

  it.each(['postgres', 'mysql', 'sqlite'] as const)(
    'of %s do without what is hidden, wherever it is needed in the real database',
    async (dialect) => {
      const { sources, tools } = await readSchemaText(
        `CREATE TABLE owner (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, pin varchar(9) NOT NULL UNIQUE);
         CREATE TABLE pet (owner_id integer NOT NULL REFERENCES owner (id), no integer NOT NULL, tag varchar(9) NOT NULL,
           PRIMARY KEY (owner_id, no), UNIQUE (tag, no));`,
        {
          dialect,
          access: 'read-write',
          profile: 'typed',
          columns: { 'owner.pin': 'hidden', 'pet.owner_id': 'hidden', 'pet.tag': 'masked' },
        },
      );
      const [owners, pets] = await runSample(
        sources[0]!.sample!,
        'SELECT * FROM owner ORDER BY id',
        'SELECT * FROM pet ORDER BY no',
      );
      expect(owners).toEqual([1, 2, 3].map((id) => ({ id, name: `name ${id}` })));
      expect(pets).toEqual([1, 2, 3].map((no) => ({ no, tag: `tag ${no}` })));
      // The real database would refuse a row without them.
      expect(tools.filter(({ name }) => name.startsWith('create_'))).toEqual([]);
      expect(tools.find(({ name }) => name === 'update_owner')!.example).toEqual({
        key: { id: 1 },
        values: { name: 'name 1' },
      });
    },
  );

  it('are as many as a key has values', async () => {
    const { sample, example } = await sampleOf(
      `CREATE TABLE one (lock CHAR(1) PRIMARY KEY DEFAULT 'X' CHECK (lock = 'X'), at BIGINT NOT NULL);
       CREATE TABLE two (flag BOOLEAN PRIMARY KEY, one CHAR(1) NOT NULL REFERENCES one (lock));`,
      'postgres',
    );
    const [one, two] = await runSample(sample, 'SELECT * FROM one', 'SELECT * FROM two');
    expect(one).toEqual([{ lock: 'X', at: 1 }]);
    expect(two).toEqual([{ flag: true, one: 'X' }]);
    expect(example('create_one')).toBeUndefined();
    expect(example('delete_one')).toBeUndefined();
    expect(example('create_two')).toEqual({ values: { flag: false, one: 'X' } });
  });

  it('hold in the parents what the checks of their children want', async () => {
    const { sample, example } = await sampleOf(
      `CREATE TABLE area (name text PRIMARY KEY);
       CREATE TABLE era (name text PRIMARY KEY CHECK (name IN ('old', 'new', 'past')), area text NOT NULL REFERENCES area);
       CREATE TABLE now (era text PRIMARY KEY REFERENCES era CHECK (era = 'new'), area text NOT NULL REFERENCES area CHECK (area = 'here'));`,
      'postgres',
    );
    const [areas, eras, now] = await runSample(
      sample,
      'SELECT name FROM area',
      'SELECT name FROM era',
      'SELECT era, area FROM now',
    );
    expect(areas).toEqual([{ name: 'here' }, { name: 'name 2' }, { name: 'name 3' }]);
    expect(eras).toEqual([{ name: 'new' }, { name: 'old' }]);
    expect(now).toEqual([{ era: 'new', area: 'here' }]);
    expect(example('get_now')).toEqual({ key: { era: 'new' } });
  });

  it('give each kind of a thing rows of its own kind', async () => {
    const { sample, example } = await sampleOf(
      `CREATE TABLE thing (id integer, kind varchar(9) NOT NULL, PRIMARY KEY (id, kind));
       CREATE TABLE car (id integer PRIMARY KEY, kind varchar(9) NOT NULL CHECK (kind = 'car'),
         FOREIGN KEY (id, kind) REFERENCES thing (id, kind));
       CREATE TABLE boat (id integer PRIMARY KEY, kind varchar(9) NOT NULL CHECK (kind = 'boat'),
         FOREIGN KEY (id, kind) REFERENCES thing (id, kind));
       CREATE TABLE level (no bigint PRIMARY KEY);
       CREATE TABLE step (id integer PRIMARY KEY, no integer NOT NULL CHECK (no IN (10, 20)) REFERENCES level (no));`,
      'postgres',
    );
    const [things, cars, boats, steps] = await runSample(
      sample,
      'SELECT id, kind FROM thing ORDER BY id',
      'SELECT id, kind FROM car',
      'SELECT id, kind FROM boat',
      'SELECT id, no FROM step ORDER BY id',
    );
    expect(things).toEqual([
      { id: 1, kind: 'car' },
      { id: 2, kind: 'boat' },
      { id: 3, kind: 'car' },
    ]);
    expect(cars).toEqual([{ id: 1, kind: 'car' }]);
    expect(example('create_car')).toEqual({ values: { id: 3, kind: 'car' } });
    expect(boats).toEqual([{ id: 2, kind: 'boat' }]);
    expect(steps).toEqual([
      { id: 1, no: 10 },
      { id: 2, no: 20 },
      { id: 3, no: 10 },
    ]);
  });

  it.each(['postgres', 'mysql', 'sqlite'] as const)(
    'of %s have parents whose keys are within what the checks of their children let through',
    async (dialect) => {
      const { sample, example } = await sampleOf(
        `CREATE TABLE account (no integer NOT NULL PRIMARY KEY);
         CREATE TABLE branch (no integer NOT NULL PRIMARY KEY REFERENCES account (no), tag varchar(12) NOT NULL UNIQUE);
         CREATE TABLE till (id integer NOT NULL PRIMARY KEY, branch integer NOT NULL, tag varchar(12) NOT NULL,
           CHECK (branch BETWEEN 500 AND 700), CHECK (length(tag) <= 3),
           FOREIGN KEY (branch) REFERENCES branch (no), FOREIGN KEY (tag) REFERENCES branch (tag));`,
        dialect,
      );
      const [accounts, tills] = await runSample(
        sample,
        'SELECT no FROM account ORDER BY no',
        'SELECT t.branch, t.tag FROM till t JOIN branch b ON b.no = t.branch ORDER BY t.id',
      );
      expect(accounts).toEqual([500, 501, 502, 503].map((no) => ({ no })));
      expect(tills).toEqual([
        { branch: 500, tag: 'ta1' },
        { branch: 501, tag: 'ta2' },
        { branch: 502, tag: 'ta3' },
      ]);
      expect(example('create_till')).toEqual({ values: { id: 4, branch: 500, tag: 'ta1' } });
    },
  );

  it('have a parent for each of the children whose ranges have nothing in common', async () => {
    const { sample, example } = await sampleOf(
      `CREATE TABLE port (no integer PRIMARY KEY);
       CREATE TABLE low (port integer PRIMARY KEY REFERENCES port CHECK (port < 1000));
       CREATE TABLE high (port integer PRIMARY KEY REFERENCES port CHECK (port > 1024 AND port < 2000));`,
      'postgres',
    );
    const [low, high] = await runSample(sample, 'SELECT * FROM low', 'SELECT * FROM high');
    expect(low).toEqual([{ port: 1 }]);
    expect(high).toEqual([{ port: 1025 }]);
    expect(example('create_low')).toEqual({ values: { port: 2 } });
    expect(example('create_high')).toEqual({ values: { port: 1026 } });
  });

  it('are there too where an index says once more what the key says', async () => {
    const { sample } = await sampleOf(
      `CREATE TABLE word (lang text, text text, PRIMARY KEY (lang, text));
       CREATE UNIQUE INDEX again ON word (lang, text);`,
      'sqlite',
    );
    const [words] = await runSample(sample, 'SELECT lang FROM word ORDER BY 1');
    expect(words).toEqual([{ lang: 'lang 1' }, { lang: 'lang 2' }, { lang: 'lang 3' }]);
  });

  it('leave a parent without a child for the example of a table that has one row for each', async () => {
    const { sample, example } = await sampleOf(
      `CREATE TABLE person (id integer PRIMARY KEY, name text);
       CREATE TABLE passport (person integer PRIMARY KEY REFERENCES person (id), number text NOT NULL);`,
      'postgres',
    );
    const [rows] = await runSample(sample, 'SELECT person FROM passport ORDER BY 1');
    expect(rows).toEqual([{ person: 1 }, { person: 2 }]);
    expect(example('create_passport')).toEqual({ values: { person: 3, number: 'number 3' } });
  });

  it('share a column of two foreign keys', async () => {
    const { sample } = await sampleOf(
      `CREATE TABLE tenant (id integer PRIMARY KEY);
       CREATE TABLE kind (tenant integer REFERENCES tenant, kind boolean, PRIMARY KEY (tenant, kind), UNIQUE (kind));
       CREATE TABLE place (tenant integer REFERENCES tenant, place integer, PRIMARY KEY (tenant, place));
       CREATE TABLE thing (id integer PRIMARY KEY, tenant integer NOT NULL, kind boolean NOT NULL, place integer NOT NULL,
         FOREIGN KEY (tenant, kind) REFERENCES kind (tenant, kind),
         FOREIGN KEY (tenant, place) REFERENCES place (tenant, place));`,
      'postgres',
    );
    const [rows] = await runSample(
      sample,
      'SELECT id, tenant, kind, place FROM thing JOIN kind USING (tenant, kind) JOIN place USING (tenant, place) ORDER BY id',
    );
    expect(rows).toEqual([
      { id: 1, tenant: 1, kind: true, place: 1 },
      { id: 2, tenant: 1, kind: true, place: 1 },
      { id: 3, tenant: 1, kind: true, place: 1 },
    ]);
  });

  it('have types of other schemas, domains of domains and stand-ins for extensions', async () => {
    const { sample } = await sampleOf(
      `CREATE SCHEMA "Odd name";
       CREATE TYPE "Odd name".mood AS ENUM ('it''s', 'b $ c');
       CREATE DOMAIN "Odd name".small AS integer CHECK (VALUE > 0);
       CREATE DOMAIN "Odd name".smaller AS "Odd name".small CHECK (VALUE < 9);
       SET search_path TO "Odd name", public;
       CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood NOT NULL, moods mood[] NOT NULL,
         n smaller NOT NULL, tags citext[] NOT NULL, spot geography(Point,4326) NOT NULL);`,
      'postgres',
    );
    const [rows] = await runSample(
      sample,
      `SELECT mood::text, n, spot::text FROM "Odd name".t ORDER BY id`,
    );
    expect(rows).toEqual([
      { mood: "it's", n: 1, spot: 'value 1' },
      { mood: 'b $ c', n: 2, spot: 'value 2' },
      { mood: "it's", n: 3, spot: 'value 3' },
    ]);
  });

  it('are left out of a table that SQLite would take for another', async () => {
    const { sample, example } = await sampleOf(
      'CREATE TABLE Users (id int PRIMARY KEY, a int); CREATE TABLE users (id int PRIMARY KEY, b int);',
      'mysql',
    );
    const [rows] = await runSample(sample, 'SELECT name FROM sqlite_master');
    expect(rows).toHaveLength(1);
    expect([example('list_Users'), example('list_users')].filter(Boolean)).toHaveLength(1);
  });
});
