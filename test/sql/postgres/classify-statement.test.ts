import { describe, expect, it } from 'vitest';
import {
  classifyStatement,
  describeStatement,
} from '../../../src/sources/sql/postgres/classify-statement.js';

const classify = (text: string): object =>
  classifyStatement({ text, offset: 0, line: 1, column: 1 });

describe('classifyStatement', () => {
  it.each([
    'INSERT INTO t VALUES (1)',
    'with x as (select 1) insert into t select * from x',
    'COPY t FROM stdin',
    'GRANT SELECT ON t TO x',
    'ALTER TABLE t OWNER TO "some one"',
    'ALTER FUNCTION f(integer, text) OWNER TO x',
    'ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO x',
    'CREATE ROLE x',
    'CREATE USER MAPPING FOR x SERVER y',
    'ALTER DATABASE d SET search_path TO x',
    'SET ROLE x',
    'SET statement_timeout = 0',
    "SELECT pg_catalog.set_config('row_security', 'off', false)",
    'CREATE OR REPLACE TRIGGER a AFTER INSERT ON t EXECUTE FUNCTION f()',
    'CREATE CONSTRAINT TRIGGER a AFTER INSERT ON t EXECUTE FUNCTION f()',
    'CREATE POLICY p ON t USING (true)',
    'ALTER TABLE ONLY t ENABLE ALWAYS TRIGGER a',
    'ROLLBACK TO SAVEPOINT s',
    'COMMENT ON EXTENSION x IS NULL',
  ])('leaves %s', (text) => expect(classify(text)).toEqual({ kind: 'leave' }));

  it.each(['RESET search_path', 'reset all', 'DISCARD ALL'])('knows the path after %s', (text) =>
    expect(classify(text)).toEqual({ kind: 'path', local: false, value: 'DEFAULT' }),
  );

  it.each([
    ['BEGIN', 'begin'],
    ['START TRANSACTION READ WRITE', 'begin'],
    ['COMMIT', 'end'],
    ['ROLLBACK', 'end'],
    ['DROP TABLE t', 'drop'],
    ['DO $$ $$', 'call'],
    ["SELECT pg_catalog.set_config('search_path', '', false)", 'call'],
    ['CREATE INDEX i ON t (a)', 'part'],
    ['ALTER TABLE t ADD COLUMN owner to_do', 'part'],
    ['ALTER TABLE t ENABLE ROW LEVEL SECURITY', 'part'],
    ['CREATE TABLESPACES_VIEW', 'part'],
    ['CREATE TYPE t AS ENUM ()', 'part'],
  ])('knows %s', (text, kind) => expect(classify(text)).toEqual({ kind }));

  it.each([
    ['SET search_path = a, "b"', { kind: 'path', local: false, value: 'a, "b"' }],
    ['set session search_path to a', { kind: 'path', local: false, value: 'a' }],
    ['SET LOCAL search_path TO a', { kind: 'path', local: true, value: 'a' }],
    ["SET SCHEMA 'a'", { kind: 'path', local: false, value: "'a'" }],
  ])('reads the path of %s', (text, want) => expect(classify(text)).toEqual(want));

  it.each([
    ['CREATE TABLE a (b int)', 'a'],
    ['create table if not exists "A b" . "c""d"(x int)', '"A b" . "c""d"'],
    ['CREATE UNLOGGED TABLE s.a()', 's.a'],
    ['CREATE OR REPLACE VIEW v AS SELECT 1', 'v'],
    ['CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1', 'v'],
    ['CREATE RECURSIVE VIEW v (n) AS SELECT 1', 'v'],
    ['CREATE FOREIGN TABLE f (a int) SERVER s', 'f'],
    ['CREATE TABLE IF NOT EXISTS größe (a int)', 'größe'],
  ])('names what %s makes', (text, name) =>
    expect(classify(text)).toEqual({ kind: 'relation', name }),
  );

  it.each([
    ['CREATE TABLE shop.orders (id int)', 'CREATE TABLE shop.orders'],
    ['create  table\n"odd name"(id int)', 'create table "odd name"'],
    ['ALTER TABLE t ADD COLUMN x int', 'ALTER TABLE t'],
    ['CREATE VIEW v AS SELECT 1', 'CREATE VIEW v'],
    ['SELECT 1', 'SELECT 1'],
    [`SELECT '${'x'.repeat(200)}'`, `SELECT '${'x'.repeat(71)}…`],
  ])('calls %s by a short name', (text, want) => expect(describeStatement(text)).toBe(want));
});
