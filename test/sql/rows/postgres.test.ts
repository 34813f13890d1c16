import { describe, expect, it } from 'vitest';
import { leave, leaveAnyhow } from './support.js';

const left = (text: string) => leaveAnyhow('postgres', text);

describe('rows of PostgreSQL', () => {
  it('of COPY go with their command, up to the line that ends them', () => {
    const text =
      "CREATE TABLE a (x text);\n\nCOPY public.a (x) FROM stdin;\n1;\n\\N\\.\n 'quote\n\\.\n\nCREATE TABLE b (y int);\n";
    expect(left(text)).toEqual({
      kept: 'CREATE TABLE a (x text);\n\n\nCREATE TABLE b (y int);\n',
      lined: 'CREATE TABLE a (x text);\n\n\n\n\n\n\n\nCREATE TABLE b (y int);\n',
      leftOut: { 'public.a': 3 },
      unclosed: undefined,
    });
  });

  it('of COPY are found with the line ends of Windows, and of psql \\copy', () => {
    expect(
      left('COPY "My T" FROM STDIN WITH (FORMAT csv);\r\n1\r\n\\.\r\nSELECT 1;\r\n').kept,
    ).toBe('SELECT 1;\r\n');
    const inline = left('\\copy a (x) from stdin with csv\n1\n2\n\\.\n\\echo done\n');
    expect([inline.kept, inline.leftOut]).toEqual(['\\echo done\n', { a: 2 }]);
  });

  it.each([
    ["INSERT INTO a VALUES (1, 'it''s; (x)'), (2, $$;'$$);", 2],
    ["INSERT INTO a (x, y) VALUES (1, E'\\';('), (2, 'C:\\');", 2],
    ["insert into a(x) values ('--'), ('/*') -- ; (\n, ((3)) on conflict (x) do nothing;", 3],
    ['INSERT INTO a DEFAULT VALUES;', 1],
    ['INSERT INTO a OVERRIDING SYSTEM VALUE VALUES (1, $t$ $$;$t$);', 1],
    ["INSERT INTO a SELECT 1, 'Ann' UNION ALL SELECT 2, 'Bob';", 2],
    ['INSERT INTO "a" VALUES (/* ; /* \' */ ( */ 1);', 1],
  ])('of %s are left out', (statement, rows) => {
    const { kept, leftOut } = left(`CREATE TABLE a (x int);\n${statement}\nSELECT 1;\n`);
    expect(kept).toBe('CREATE TABLE a (x int);\nSELECT 1;\n');
    expect(leftOut).toEqual({ a: rows });
  });

  it('are told by table', () => {
    const { leftOut } = left(
      'INSERT INTO s.a VALUES (1);\nINSERT INTO "s"."b" VALUES (1);\nINSERT INTO s.a VALUES (2), (3);\n',
    );
    expect(leftOut).toEqual({ 's.a': 3, 's.b': 1 });
  });

  it('go with large objects, but not with other calls and comments', () => {
    const kept =
      "SELECT pg_catalog.setval('s', 7, true);\nCOMMENT ON TABLE a IS 'INSERT INTO a VALUES (1);';\n";
    expect(
      left(
        `SELECT pg_catalog.lo_create('16400');\nALTER LARGE OBJECT 16400 OWNER TO x;\nSELECT pg_catalog.lowrite(0, '\\x4142');\n${kept}`,
      ).kept,
    ).toBe(kept);
  });

  it('leave no empty lines behind for each large object', () => {
    const object =
      "SELECT pg_catalog.lo_open('1', 131072);\nSELECT pg_catalog.lowrite(0, '\\x41');\nSELECT pg_catalog.lo_close(0);\n\n";
    const text = (objects: number) => `BEGIN;\n\n${object.repeat(objects)}COMMIT;\n`;
    expect([left(text(1)).kept, left(text(3)).kept]).toEqual([
      'BEGIN;\n\nCOMMIT;\n',
      'BEGIN;\n\nCOMMIT;\n',
    ]);
  });

  it.each([
    ['DO $$ BEGIN INSERT INTO a VALUES (1); END $$;\n'],
    ["CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'INSERT INTO a VALUES (1);';\n"],
    [
      'CREATE FUNCTION f() RETURNS void BEGIN ATOMIC\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (CASE WHEN true THEN 1 END);\nEND;\n',
    ],
    [
      'CREATE RULE r AS ON INSERT TO a DO ALSO (\nINSERT INTO b VALUES (1);\nINSERT INTO b VALUES (2);\n);\n',
    ],
    ['INSERT INTO a SELECT x FROM b;\n'],
    ['WITH gone AS (DELETE FROM a RETURNING *)\nINSERT INTO b SELECT * FROM gone;\n'],
    ['CREATE VIEW v AS SELECT $1 AS x, "insert" FROM values;\n'],
    ["COMMENT ON COLUMN a.x IS E'\\'; INSERT INTO a VALUES (1);';\n"],
    ['-- INSERT INTO a VALUES (1);\n/* COPY a FROM stdin;\n*/\n'],
    ['# --- !Ups\nCREATE TABLE a (x int);\n# --- !Downs\nDROP TABLE a;\n'],
  ])('are not what shapes a schema: %s', (text) => {
    const whole = left(text);
    expect([whole.kept, whole.leftOut]).toEqual([text, {}]);
  });

  it('keep marks of migrations that stand before them', () => {
    expect(
      left('-- +goose Down\nINSERT INTO a VALUES (1);\n# --- !Downs\nINSERT INTO a VALUES (2);\n')
        .kept,
    ).toBe('-- +goose Down\n# --- !Downs\n');
  });

  it('have backslashes where the script says so', () => {
    const text =
      "SET standard_conforming_strings = off;\nINSERT INTO a VALUES ('\\'; x');\nSELECT 1;\n";
    expect(left(text).kept).toBe('SET standard_conforming_strings = off;\nSELECT 1;\n');
  });

  it('go on behind a quote that never ends where all is at hand, and are told of otherwise', () => {
    const text = "INSERT INTO a VALUES ('x);\nCREATE TABLE b (x int);\n";
    expect(leave('postgres', text)).toMatchObject({
      kept: 'CREATE TABLE b (x int);\n',
      unclosed: undefined,
    });
    expect(leave('postgres', text, 10).unclosed).toBe('a quoted piece');
    expect(leave('postgres', 'COPY a FROM stdin;\n1\n2\n', 5).unclosed).toBe('the rows of COPY a');
  });

  it('are none where statements follow COPY', () => {
    expect(leave('postgres', 'COPY a FROM stdin;\nCREATE TABLE b (x int);\n').kept).toBe(
      '\nCREATE TABLE b (x int);\n',
    );
  });
});
