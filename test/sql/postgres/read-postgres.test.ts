import { describe, expect, it } from 'vitest';
import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import { readParsed } from '../../../src/sources/sql/postgres/parsed/read-parsed.js';
import { read as readExact, readFast, table, tableNames } from '../support/postgres-reading.js';

const READERS = [
  { name: 'exact', read: readExact, readFiles: readPostgres },
  { name: 'fast', read: readFast, readFiles: readParsed },
];

describe.each(READERS)('the $name reader', ({ read, readFiles }) => {
  it('reads tables, columns, keys, types and comments', async () => {
    const reading = await read(`
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
      COMMENT ON TYPE mood IS 'How one feels';
      CREATE DOMAIN email AS varchar(80) NOT NULL CHECK (VALUE ~ '^[^@]+@[^@]+$');
      CREATE TABLE person (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        first text NOT NULL, last text,
        "full name" text GENERATED ALWAYS AS (first || ' ' || last) STORED,
        mail email UNIQUE, mood mood DEFAULT 'ok', tags varchar(20)[] NOT NULL DEFAULT '{}',
        price numeric(10, 2) CHECK (price > 0), big bigserial, born date, seen timestamptz(3), raw bytea,
        place point, data jsonb, mails email[]
      );
      COMMENT ON TABLE person IS 'People';
      COMMENT ON COLUMN person.born IS 'Day of birth';
      CREATE TABLE pair (b integer, a integer, at time, PRIMARY KEY (a, b));
      CREATE TABLE child (x integer, y integer, person integer REFERENCES person ON DELETE CASCADE,
        FOREIGN KEY (y, x) REFERENCES pair (a, b) ON UPDATE SET NULL);
      CREATE UNIQUE INDEX ON child (person) WHERE x IS NULL;
      CREATE UNIQUE INDEX child_xy ON child (x, y) INCLUDE (person);
      CREATE INDEX child_mixed ON child (y, lower(x::text), x);
      CREATE VIEW grown AS SELECT id, mood FROM person;
      CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM person;
    `);
    expect(reading.skipped).toEqual([]);
    expect(reading.findings).toEqual([]);
    const { model } = reading;
    expect(model.dialect).toBe('postgres');
    expect(model.defaultSchema).toBe('public');
    expect(tableNames(reading)).toEqual(['child', 'counted', 'grown', 'pair', 'person']);
    expect(model.enums).toEqual([
      {
        schema: 'public',
        name: 'mood',
        values: ['sad', 'ok', "it's fine"],
        comment: 'How one feels',
      },
    ]);
    expect(model.domains).toEqual([
      {
        schema: 'public',
        name: 'email',
        base: { kind: 'text', sql: 'character varying(80)', length: 80 },
        nullable: false,
        checks: [{ expression: "((VALUE)::text ~ '^[^@]+@[^@]+$'::text)" }],
      },
    ]);
    const person = table(reading, 'person');
    const email = { kind: 'text', sql: 'email', length: 80, domain: 'email' };
    expect(person.comment).toBe('People');
    expect(person.origin).toEqual({ file: '1.sql', path: [], position: { line: 5, column: 7 } });
    expect(person.primaryKey).toEqual(['id']);
    expect(person.uniques).toEqual([
      { name: 'person_mail_key', columns: ['mail'], constraint: true },
    ]);
    expect(person.checks).toEqual([
      { name: 'person_price_check', expression: '(price > (0)::numeric)' },
    ]);
    const mood = {
      kind: 'enum',
      sql: 'mood',
      values: ['sad', 'ok', "it's fine"],
      enumName: 'mood',
    };
    const tag = { kind: 'text', sql: 'character varying(20)', length: 20 };
    expect(person.columns).toEqual([
      {
        name: 'id',
        type: { kind: 'integer', sql: 'integer' },
        nullable: false,
        identity: 'always',
      },
      { name: 'first', type: { kind: 'text', sql: 'text' }, nullable: false },
      { name: 'last', type: { kind: 'text', sql: 'text' }, nullable: true },
      {
        name: 'full name',
        type: { kind: 'text', sql: 'text' },
        nullable: true,
        generated: 'stored',
        madeOf: ['first', 'last'],
      },
      { name: 'mail', type: email, nullable: false },
      { name: 'mood', type: mood, nullable: true, default: "'ok'::mood" },
      {
        name: 'tags',
        type: { kind: 'array', sql: 'character varying(20)[]', element: tag },
        nullable: false,
        default: "'{}'::character varying[]",
      },
      {
        name: 'price',
        type: { kind: 'decimal', sql: 'numeric(10,2)', precision: 10, scale: 2 },
        nullable: true,
      },
      {
        name: 'big',
        type: { kind: 'bigint', sql: 'bigint' },
        nullable: false,
        default: "nextval('person_big_seq'::regclass)",
        autoIncrement: true,
      },
      {
        name: 'born',
        type: { kind: 'date', sql: 'date' },
        nullable: true,
        comment: 'Day of birth',
      },
      {
        name: 'seen',
        type: { kind: 'timestamptz', sql: 'timestamp(3) with time zone' },
        nullable: true,
      },
      { name: 'raw', type: { kind: 'binary', sql: 'bytea' }, nullable: true },
      { name: 'place', type: { kind: 'other', sql: 'point' }, nullable: true },
      { name: 'data', type: { kind: 'json', sql: 'jsonb' }, nullable: true },
      { name: 'mails', type: { kind: 'array', sql: 'email[]', element: email }, nullable: true },
    ]);
    const child = table(reading, 'child');
    expect(child.foreignKeys).toEqual([
      {
        name: 'child_person_fkey',
        columns: ['person'],
        references: { schema: 'public', table: 'person', columns: ['id'] },
        onDelete: 'CASCADE',
      },
      {
        name: 'child_y_x_fkey',
        columns: ['y', 'x'],
        references: { schema: 'public', table: 'pair', columns: ['a', 'b'] },
        onUpdate: 'SET NULL',
      },
    ]);
    expect(child.uniques).toEqual([{ name: 'child_xy', columns: ['x', 'y'], constraint: false }]);
    expect(child.partialUniques).toEqual([
      {
        name: 'child_person_idx',
        definition:
          'CREATE UNIQUE INDEX child_person_idx ON public.child USING btree (person) WHERE (x IS NULL)',
      },
    ]);
    expect(child.indexes).toEqual([
      { name: 'child_mixed', columns: ['y'] },
      { name: 'child_xy', columns: ['x', 'y'] },
    ]);
    expect(table(reading, 'pair').primaryKey).toEqual(['a', 'b']);
    expect(table(reading, 'grown')).toMatchObject({
      kind: 'view',
      columns: [{ name: 'id' }, { name: 'mood', type: mood }],
    });
    expect(table(reading, 'counted').kind).toBe('materialized view');
  });

  it('reads partitions, parents, row level security, functions and other schemas', async () => {
    const reading = await read(`
      CREATE SCHEMA shop; CREATE SCHEMA "odd Name";
      CREATE TABLE shop.whole (id integer, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
      CREATE TABLE shop.part PARTITION OF shop.whole FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
      CREATE TABLE shop.refers (id integer, day date, FOREIGN KEY (id, day) REFERENCES shop.whole);
      CREATE TABLE shop.parent (id integer); CREATE TABLE shop.heir (more text) INHERITS (shop.parent);
      ALTER TABLE shop.parent ENABLE ROW LEVEL SECURITY;
      CREATE TABLE "odd Name"."constructor" ("__proto__" integer, "select" text);
      CREATE FUNCTION shop.twice(n integer, OUT m integer, by numeric DEFAULT 2) LANGUAGE sql IMMUTABLE AS 'SELECT n';
      CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE PROCEDURE shop.clean() LANGUAGE sql AS 'SELECT no_such_function()';
    `);
    expect(reading.findings).toEqual([]);
    expect(table(reading, 'whole').partitioned).toBe(true);
    expect(table(reading, 'part').partitionOf).toEqual({ schema: 'shop', name: 'whole' });
    expect(table(reading, 'refers').foreignKeys.map(({ references }) => references.table)).toEqual([
      'whole',
    ]);
    expect(table(reading, 'heir').inherits).toEqual([{ schema: 'shop', name: 'parent' }]);
    expect(table(reading, 'parent').rowLevelSecurity).toBe(true);
    expect(table(reading, 'constructor').columns.map(({ name }) => name)).toEqual([
      '__proto__',
      'select',
    ]);
    expect(reading.model.defaultSchema).toBe('shop');
    expect(reading.model.functions).toEqual([
      { schema: 'shop', name: 'clean', kind: 'procedure', volatility: 'volatile', arguments: [] },
      {
        schema: 'shop',
        name: 'touch',
        kind: 'trigger',
        volatility: 'volatile',
        arguments: [],
        returns: 'trigger',
      },
      {
        schema: 'shop',
        name: 'twice',
        kind: 'function',
        volatility: 'immutable',
        arguments: [
          { name: 'n', type: { kind: 'integer', sql: 'integer' } },
          { name: 'by', type: { kind: 'decimal', sql: 'numeric' }, hasDefault: true },
        ],
        returns: 'integer',
      },
    ]);
  });

  it('leaves out what fails and says where and why', async () => {
    const reading = await read(`CREATE TABLE good (id integer PRIMARY KEY);
CREATE TABLE bad (id integer,, name text);
  CREATE VIEW worse AS SELECT * FROM nowhere;
ALTER TABLE good ADD CONSTRAINT c CHECK (missing > 0);
CREATE INDEX ON good (missing);
CREATE TABLE also_good (id integer REFERENCES good);`);
    expect(tableNames(reading)).toEqual(['also_good', 'good']);
    const place = (line: number, column: number): object => ({
      origin: { file: '1.sql', path: [], position: { line, column } },
    });
    expect(reading.skipped).toMatchObject([
      { what: 'CREATE TABLE bad', reason: 'syntax error at or near ","', ...place(2, 1) },
      { what: 'CREATE VIEW worse', reason: 'relation "nowhere" does not exist', ...place(3, 3) },
    ]);
    expect(reading.findings).toMatchObject([
      {
        code: 'MCP801',
        message: 'ALTER TABLE good could not be used: column "missing" does not exist',
        ...place(4, 1),
      },
      {
        code: 'MCP811',
        message: 'CREATE INDEX ON good was left out: column "missing" does not exist',
        ...place(5, 1),
      },
    ]);
  });

  it('takes a dump as psql does: its own commands, data, rights, owners, missing roles and settings', async () => {
    const reading = await read(`\\restrict abc
SET statement_timeout = 0; SET transaction_timeout = 0; SET default_tablespace = fast;
SELECT pg_catalog.set_config('search_path', '', false);
\\connect other
CREATE SCHEMA public; ALTER SCHEMA public OWNER TO nobody;
BEGIN;
CREATE TABLE public.t (id integer, name text) TABLESPACE fast;
ALTER TABLE public.t OWNER TO "the owner";
COPY public.t (id, name) FROM stdin;
1\tO'Neill; $$
\\.
INSERT INTO public.t VALUES (2, 'x');
GRANT ALL ON TABLE public.t TO someone;
COMMIT;
ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
CREATE POLICY mine ON public.t TO tenant USING (true);
CREATE SCHEMA AUTHORIZATION "the tenant";
CREATE TRIGGER touch BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION nothing();
ALTER TABLE public.t DISABLE TRIGGER touch;
COMMENT ON EXTENSION plpgsql IS 'x';
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION nothing();
DROP TABLE other.never;
\\unrestrict abc`);
    expect(reading.findings).toEqual([]);
    expect(reading.skipped).toEqual([]);
    expect(table(reading, 't').primaryKey).toEqual(['id']);
  });

  it('runs what came too early again, under a wider search path', async () => {
    const reading = await read(`
      CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b);
      CREATE VIEW v AS SELECT * FROM late.t;
      SET search_path TO late;
      CREATE TABLE t (id integer PRIMARY KEY, state state);
      CREATE TABLE u (id integer REFERENCES b (id));
      CREATE TYPE state AS ENUM ('on', 'off');
      SET search_path TO public;
      CREATE TABLE b (id integer PRIMARY KEY);
    `);
    expect(reading.findings).toEqual([]);
    expect(reading.skipped).toEqual([]);
    expect(reading.model.tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual([
      'late.t',
      'late.u',
      'public.a',
      'public.b',
      'public.v',
    ]);
  });

  it('stands in for extensions, languages and wrappers that are not there', async () => {
    const reading = await read(`
      CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION vector WITH SCHEMA public;
      CREATE TABLE place (id uuid PRIMARY KEY DEFAULT uuid_generate_v4(), at geometry(Point, 4326) NOT NULL,
        near public.vector(3), label citext, prices hstore, home public.geometry(Polygon,4326)[]);
      CREATE INDEX ON place USING gin (label gin_trgm_ops);
      CREATE FUNCTION f() RETURNS text LANGUAGE plv8 AS 'return 1';
      CREATE SERVER far FOREIGN DATA WRAPPER some_fdw;
      CREATE FOREIGN TABLE remote (id integer) SERVER far;
      CREATE TABLE sorted (name text COLLATE "de_DE.utf8");
    `);
    expect(reading.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'MCP809 the extension postgis is not there',
      'MCP809 the extension vector is not there',
    ]);
    expect(reading.skipped).toEqual([]);
    expect(reading.model.domains).toEqual([]);
    expect(
      table(reading, 'place').columns.map(({ name, type }) => [name, type.kind, type.sql]),
    ).toEqual([
      ['id', 'uuid', 'uuid'],
      ['at', 'other', 'geometry'],
      ['near', 'other', 'vector'],
      ['label', 'text', 'citext'],
      ['prices', 'other', 'hstore'],
      ['home', 'array', 'geometry[]'],
    ]);
    expect(table(reading, 'remote').kind).toBe('foreign table');
    expect(table(reading, 'sorted').columns).toHaveLength(1);
  });

  it('makes tables without references to what is in another script', async () => {
    const reading = await read(`
      CREATE TABLE a (id integer PRIMARY KEY, u integer NOT NULL REFERENCES usr (no) ON DELETE SET NULL DEFERRABLE, v integer
        CONSTRAINT other REFERENCES a, CONSTRAINT fk FOREIGN KEY (u) REFERENCES "usr"(no) ON UPDATE CASCADE,
        w integer REFERENCES far.away);
      CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a);
      CREATE VIEW c AS SELECT * FROM usr;
    `);
    expect(reading.findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'MCP813',
        'CREATE TABLE a refers to usr, which is not there: it is read without that reference',
      ],
      [
        'MCP813',
        'CREATE TABLE a refers to far.away, which is not there: it is read without that reference',
      ],
    ]);
    expect(reading.skipped.map(({ what }) => what)).toEqual(['CREATE VIEW c']);
    expect(table(reading, 'a').columns).toMatchObject([
      { name: 'id' },
      { name: 'u', nullable: false },
      { name: 'v' },
      { name: 'w' },
    ]);
    expect(table(reading, 'b').foreignKeys).toHaveLength(1);
  });

  it('knows what Supabase provides, and does not show it', async () => {
    const reading = await read(`
      CREATE TABLE profile (id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE, name text);
      ALTER TABLE profile ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON profile FOR SELECT TO authenticated USING (auth.uid() = id);
    `);
    expect(reading.findings).toEqual([]);
    expect(tableNames(reading)).toEqual(['profile']);
    expect(reading.model.functions).toEqual([]);
    expect(table(reading, 'profile').foreignKeys[0]?.references).toEqual({
      schema: 'auth',
      table: 'users',
      columns: ['id'],
    });
  });

  it('runs migrations in order, without what undoes them and without copies', async () => {
    const reading = await readFiles([
      { path: 'm/1_a.up.sql', text: 'CREATE TABLE a (id integer);' },
      { path: 'm/1_a.down.sql', text: 'DROP TABLE a;' },
      { path: 'm/1_copy.sql', text: 'CREATE TABLE a (id integer);' },
      {
        path: 'm/2_b.sql',
        text: '-- +goose Up\nCREATE TABLE b (id integer);\n-- +goose Down\nDROP TABLE a;',
      },
      { path: 'm/3_a.sql', text: 'ALTER TABLE a ADD COLUMN name text; ALTER TABLE b RENAME TO c;' },
      {
        path: 'm/4_a.sql',
        text: 'CREATE TABLE made (id integer);\n\\i other.sql',
      },
    ]);
    const told = reading.findings.map(({ code, message, origin }) => [code, message, origin?.file]);
    expect(told).toEqual([['MCP810', '\\i other.sql was not followed', 'm/4_a.sql']]);
    expect(reading.model.tables.map(({ name, origin }) => [name, origin.file])).toEqual([
      ['a', 'm/1_a.up.sql'],
      ['c', 'm/2_b.sql'],
      ['made', 'm/4_a.sql'],
    ]);
    expect(table(reading, 'a').columns.map(({ name }) => name)).toEqual(['id', 'name']);
  });

  it('says when there is nothing', async () => {
    const reading = await read('-- nothing here');
    expect(reading.findings.map(({ code }) => code)).toEqual(['MCP802']);
  });
});
