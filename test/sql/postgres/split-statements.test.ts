import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../../src/sources/sql/postgres/split-statements.js';

const texts = (sql: string): string[] => splitStatements(sql).statements.map(({ text }) => text);

describe('splitStatements', () => {
  const cases: [name: string, given: string, want: string[]][] = [
    ['plain statements', 'SELECT 1;\n\nSELECT 2;', ['SELECT 1', 'SELECT 2']],
    ['a last one without semicolon', 'SELECT 1; SELECT 2 ', ['SELECT 1', 'SELECT 2']],
    ['nothing', ' ;; -- no\n /* no */ ;', []],
    ['semicolons in quotes', `SELECT 'a;b', "c;d"; SELECT 2`, [`SELECT 'a;b', "c;d"`, 'SELECT 2']],
    ['doubled quotes', `SELECT 'it''s;'; SELECT "a"";"`, [`SELECT 'it''s;'`, `SELECT "a"";"`]],
    ['backslashes that mean nothing', `SELECT 'a\\'; SELECT 2`, [`SELECT 'a\\'`, 'SELECT 2']],
    ['E strings', `SELECT E'a\\';b'; SELECT 2`, [`SELECT E'a\\';b'`, 'SELECT 2']],
    ['a name that ends in e', `SELECT me'x\\'; SELECT 2`, [`SELECT me'x\\'`, 'SELECT 2']],
    [
      'dollar quotes',
      'SELECT $$a;b$$; SELECT $x$ $$;$y$ $x$',
      ['SELECT $$a;b$$', 'SELECT $x$ $$;$y$ $x$'],
    ],
    [
      'parameters and names with dollars',
      'SELECT $1; SELECT a$b$; SELECT c$b$',
      ['SELECT $1', 'SELECT a$b$', 'SELECT c$b$'],
    ],
    [
      'nested comments',
      'SELECT /* a /* ; */ ; */ 1; SELECT 2',
      ['SELECT /* a /* ; */ ; */ 1', 'SELECT 2'],
    ],
    ['line comments', "SELECT 1 -- it's;\n, 2; SELECT 3", ["SELECT 1 -- it's;\n, 2", 'SELECT 3']],
    ['operators like comments', 'SELECT 1 - -1 / 2; SELECT 3', ['SELECT 1 - -1 / 2', 'SELECT 3']],
    [
      'data of COPY',
      "COPY t (a) FROM stdin;\n1\tit's; $$\n\\.\nSELECT 2;",
      ['COPY t (a) FROM stdin', 'SELECT 2'],
    ],
    ['COPY from a file', "COPY t FROM '/x'; SELECT 2;", ["COPY t FROM '/x'", 'SELECT 2']],
    [
      'bodies that are not quoted',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 3; END; SELECT 4',
      [
        'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 3; END',
        'SELECT 4',
      ],
    ],
    ['BEGIN elsewhere', 'BEGIN; SELECT 1; END; SELECT 2', ['BEGIN', 'SELECT 1', 'END', 'SELECT 2']],
    [
      'rules with several actions',
      'CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3',
      ['CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)', 'SELECT 3'],
    ],
    [
      'a parenthesis without end elsewhere',
      'CREATE TABLE a (b int; SELECT 2',
      ['CREATE TABLE a (b int', 'SELECT 2'],
    ],
    [
      'commands of psql',
      '\\set x 1\nSELECT 1;\n\\connect other\nSELECT 2\\gexec\nSELECT 3;',
      ['SELECT 1', 'SELECT 2', 'SELECT 3'],
    ],
    ['a byte order mark', '\ufeffSELECT 1', ['SELECT 1']],
    [
      'a quote without end',
      "SELECT 'a;\nSELECT 2;\nSELECT 3;",
      ["SELECT 'a", 'SELECT 2', 'SELECT 3'],
    ],
    ['a comment without end', 'SELECT 1 /* oh;\nSELECT 2;', ['SELECT 1 /* oh', 'SELECT 2']],
    [
      'a dollar quote without end',
      'SELECT $a$ oh;\nSELECT $b$x;y$b$;',
      ['SELECT $a$ oh', 'SELECT $b$x;y$b$'],
    ],
  ];
  it.each(cases)('splits %s', (_, given, want) => expect(texts(given)).toEqual(want));

  it('says where each statement begins', () => {
    const { statements, metaCommands } = splitStatements(
      "-- first\r\n  SELECT 1;\n/* x\n*/ SELECT\n'\n';\n\\ir other.sql\n\nSELECT 3;",
    );
    expect(statements).toEqual([
      { text: 'SELECT 1', offset: 12, line: 2, column: 3 },
      { text: "SELECT\n'\n'", offset: 30, line: 4, column: 4 },
      { text: 'SELECT 3', offset: 57, line: 9, column: 1 },
    ]);
    expect(metaCommands).toEqual([{ text: '\\ir other.sql', line: 7, column: 1 }]);
  });

  it('gives back the statements that a text was put together from', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a',
        'SELECT',
        '1.5',
        '(',
        ')',
        '::',
        ', ',
        '\n',
        ' - ',
        '$1',
        '"x;""y"',
        "'it''s;'",
      ),
      fc.constantFrom(
        "E'\\';'",
        '$$;$$',
        "$q$;'$$/*$q$",
        '/* ;/*;*/ */',
        "-- ;'\n",
        "U&'\\0041'",
        'é',
      ),
    );
    const statement = fc
      .array(piece, { minLength: 1, maxLength: 8 })
      .map((pieces) => `SELECT ${pieces.join(' ')} z`);
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        const text = statements.map((sql) => `${sql};`).join('\n');
        const split = splitStatements(text).statements;
        expect(split.map((one) => one.text)).toEqual(statements);
        for (const one of split) {
          expect(text.slice(one.offset, one.offset + one.text.length)).toBe(one.text);
          const before = text.slice(0, one.offset).split('\n');
          expect([one.line, one.column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
        }
      }),
    );
  });

  it('bears any text, and loses nothing of it between statements but space, comments and semicolons', () => {
    const text = fc.string({ unit: fc.constantFrom(...`ae'"$;\\-/*() \n.`), maxLength: 60 });
    fc.assert(
      fc.property(text, (given) => {
        let last = 0;
        for (const { offset, text: body } of splitStatements(given).statements) {
          expect(given.slice(offset, offset + body.length)).toBe(body);
          expect(offset).toBeGreaterThanOrEqual(last);
          last = offset + body.length;
        }
      }),
    );
  });

  it('takes a megabyte of openings without end', () => {
    const openings = Array.from({ length: 100_000 }, (_, index) => `SELECT $t${index}$ /*;\n`).join(
      '',
    );
    expect(splitStatements(openings).statements.length).toBeGreaterThan(40);
  });
});
