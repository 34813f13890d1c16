import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFacets } from '../../src/sources/sql/read-check.js';
import type { CheckFacets } from '../../src/sources/sql/read-checks/facets.js';
import type { Dialect } from '../../src/sources/sql/model.js';

type Row = [expression: string, want: CheckFacets | undefined, column?: string];

const POSTGRES: Row[] = [
  ['(x > 0)', { exclusiveMinimum: 0 }],
  ['(5 > x)', { exclusiveMaximum: 5 }],
  ['(x >= (0)::numeric)', { minimum: 0 }],
  ["(x > '-1'::integer)", { exclusiveMinimum: -1 }],
  ["(x >= ('-1500'::numeric)::double precision)", { minimum: -1500 }],
  ['((x >= (0)::numeric) AND (x < 100.5))', { minimum: 0, exclusiveMaximum: 100.5 }],
  ['((x >= 1) AND (x <= 5) AND (x >= 3))', { minimum: 3, maximum: 5 }],
  ['(x = 7)', { enum: [7] }],
  ['(x <> 0)', undefined],
  ['(x = ANY (ARRAY[1, 2, 3]))', { enum: [1, 2, 3] }],
  ["(x = ANY (ARRAY['-1'::integer, 0, 1]))", { enum: [-1, 0, 1] }],
  ["(x = ANY (ARRAY['a'::text, 'it''s'::text]))", { enum: ['a', "it's"] }],
  [
    "((x)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
    { enum: ['a', 'b'] },
  ],
  [`(x = ANY (ARRAY['a'::"char", 'b'::"char"]))`, { enum: ['a', 'b'] }],
  ["(x = ANY (ARRAY['M'::bpchar, 'F'::bpchar]))", { enum: ['M', 'F'] }],
  [
    "((x = 'a'::text) OR (x = 'b'::text) OR (x = ANY (ARRAY['b'::text, 'c'::text])))",
    { enum: ['a', 'b', 'c'] },
  ],
  ['((x = ANY (ARRAY[1, 2, 3])) AND (x = ANY (ARRAY[2, 3, 4])))', { enum: [2, 3] }],
  ['((x = 1) AND (x = 2))', undefined],
  ['(x <> ALL (ARRAY[1, 2]))', undefined],
  ['(x = ANY (ARRAY[1, NULL::integer]))', undefined],
  ["(x = ANY ('{1,2}'::integer[]))", undefined],
  ['((x IS NULL) OR (x > 0))', { exclusiveMinimum: 0 }],
  ['((x > 0) OR (x IS NULL))', { exclusiveMinimum: 0 }],
  ['((x > 0) AND (x IS NOT NULL))', { exclusiveMinimum: 0 }],
  ['(((x IS NULL) AND (y = 1)) OR ((x = 2) AND (y = 2)))', { enum: [2] }],
  ['((y IS NULL) OR (x > 0))', undefined],
  ['((x > 0) OR (x < (-5)))', undefined],
  ['(NOT (x < 0))', { minimum: 0 }],
  ['(NOT (NOT (x < 0)))', { exclusiveMaximum: 0 }],
  ['(NOT ((x < 0) AND (y > 1)))', undefined],
  ['((x > 0) AND ((x % 2) = 0))', { exclusiveMinimum: 0 }],
  ['((x + 1) > 0)', undefined],
  ['(x > y)', undefined],
  ['(y > 0)', undefined],
  ['(other(x) AND (x > 0))', { exclusiveMinimum: 0 }],
  ['(x > now())', undefined],
  ["(x > '2000-01-01'::date)", undefined],
  ["(x = '2000-01-01'::date)", undefined],
  ["(x > '9007199254740993'::bigint)", undefined],
  ['(x > 9007199254740991)', { exclusiveMinimum: 9007199254740991 }],
  ['((x)::integer > 5)', undefined],
  ['(length(x) <= 10)', { maxLength: 10 }],
  ['((char_length(x) >= 2) AND (char_length((x)::text) < 6))', { minLength: 2, maxLength: 5 }],
  ['(length(x) = 3)', { minLength: 3, maxLength: 3 }],
  ['(octet_length(x) < 5)', { maxLength: 4 }],
  ['(octet_length(x) > 4)', { minLength: 1 }],
  ['(length(TRIM(BOTH FROM x)) > 0)', { minLength: 1 }],
  ['(length(TRIM(BOTH FROM x)) < 9)', undefined],
  ["(btrim(x) <> ''::text)", { minLength: 1 }],
  ["(btrim(x) = 'a'::text)", undefined],
  ["(x <> ''::text)", { minLength: 1 }],
  ['(length(x) > length(y))', undefined],
  ["(x ~ '^[a-z]+$'::text)", { pattern: '^[a-z]+$' }],
  ["((x)::text ~ '^\\d+$'::text)", { pattern: '^\\d+$' }],
  ["(x ~* 'abc'::text)", undefined],
  ["(x !~ 'abc'::text)", undefined],
  ["(NOT (x ~ 'abc'::text))", undefined],
  ["(x ~~ 'a%'::text)", undefined],
  ["(upper(x) = 'A'::text)", undefined],
  ["(x = ('A'::text COLLATE ci))", undefined],
  ['("odd col" > 0)', { exclusiveMinimum: 0 }, 'odd col'],
  ['("X" > 0)', undefined],
  ['(VALUE > 0)', { exclusiveMinimum: 0 }, 'VALUE'],
  ["((VALUE)::text = ANY (ARRAY['a'::text]))", { enum: ['a'] }, 'VALUE'],
  ['(x > 0', undefined],
  ['x > 0; DROP', undefined],
  ['', undefined],
  [`${'('.repeat(500)}x > 0${')'.repeat(500)}`, undefined],
  ['CASE WHEN (x > 0) THEN true ELSE false END', undefined],
  ['((x, y) = ANY (ARRAY[1]))', undefined],
  ['((x IS DISTINCT FROM 3) AND (x < 9))', { exclusiveMaximum: 9 }],
  ['(x = true)', undefined],
];

const MYSQL: Row[] = [
  ['`x` > 0', { exclusiveMinimum: 0 }],
  ['`X` > 0', { exclusiveMinimum: 0 }],
  ['`x` between 1 and 5', { minimum: 1, maximum: 5 }],
  ['`x` not between 1 and 5', undefined],
  ["`x` in ('a','b\\'c')", { enum: ['a', "b'c"] }],
  ["(`x` in (_utf8mb4\\'a\\',_utf8mb4\\'b\\'))", { enum: ['a', 'b'] }],
  ['`x` in (1,-2)', { enum: [1, -2] }],
  ['`x` not in (1,2)', undefined],
  ['octet_length(`x`) <= 10', { maxLength: 10 }],
  ['length(`x`) >= 10', { minLength: 1 }],
  ['char_length(`x`) >= 2', { minLength: 2 }],
  ["`x` regexp '^[a-z]+$'", undefined],
  ['`x` > 0 and `x` < 9 or `x` = 100', undefined],
  ['`x` = 1 or `x` = 2 and `y` = 3', { enum: [1, 2] }],
  ['`x` is null or `x` > 0', { exclusiveMinimum: 0 }],
  ['`x` > 1.5e3', { exclusiveMinimum: 1500 }],
  ['json_valid(`x`)', undefined],
  ['json_valid(`x`) && `x` >= 1', { minimum: 1 }],
  ['`x` - 5 > 0', undefined],
  ["`x` <> ''", { minLength: 1 }],
];

const SQLITE: Row[] = [
  ['x > 0', { exclusiveMinimum: 0 }],
  ['[x]>=(0) AND [x]<=(1)', { minimum: 0, maximum: 1 }],
  ["x in ('G','PG','PG-13')", { enum: ['G', 'PG', 'PG-13'] }],
  ["X='a'", { enum: ['a'] }],
  ['"x" BETWEEN -1 AND 1', { minimum: -1, maximum: 1 }],
  ['x == 1 OR x == 2', { enum: [1, 2] }],
  ["typeof(x) = 'integer' AND x != 3", undefined],
  ['length(x) > 0', { minLength: 1 }],
  ["x GLOB '[0-9]*'", undefined],
  ["x IN ('a') COLLATE NOCASE", undefined],
  ["x = 'A' COLLATE NOCASE", undefined],
  ["x LIKE '%@%' AND length(x) <= 80", { maxLength: 80 }],
  ['x NOT NULL AND x > 2', { exclusiveMinimum: 2 }],
];

const PATTERNS: [source: string, want: string | undefined][] = [
  ['^T-?\\d{3}.?\\d{3}[-.]?\\d$', '^T-?\\d{3}[\\s\\S]?\\d{3}[-.]?\\d$'],
  ['^[A-Za-z0-9.~_-]{43,128}$', '^[A-Za-z0-9.~_-]{43,128}$'],
  ['[a\\-z\\]]', '[a\\-z\\]]'],
  ['^(?:a|b)+?$', '^(?:a|b)+?$'],
  ['a/b}', 'a\\/b\\}'],
  ['\\-\\.\\@', '-\\.@'],
  ['x{y', 'x\\{y'],
  ['[^a]', '[^a]'],
  ['^.{1,100}$', '^[\\s\\S]{1,100}$'],
  ['\\w+', undefined],
  ['\\s', undefined],
  ['\\mword', undefined],
  ['[[:alpha:]]', undefined],
  ['[]a]', undefined],
  ['(a)\\1', undefined],
  ['(?i)a', undefined],
  ['(?=a)b', undefined],
  ['***=a', undefined],
  ['a**', undefined],
  ['(a', undefined],
  ['a)', undefined],
  ['[a', undefined],
  ['+a', undefined],
];

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

describe('checkFacets', () => {
  const tables: [Dialect, Row[]][] = [
    ['postgres', POSTGRES],
    ['mysql', MYSQL],
    ['sqlite', SQLITE],
  ];
  for (const [dialect, rows] of tables) {
    it.each(rows)(`${dialect}: %s`, (expression, want, column = 'x') => {
      expect(checkFacets(expression, column, dialect)).toEqual(want);
    });
  }

  it.each(PATTERNS)('takes the regular expression %s over', (source, want) => {
    const facets = checkFacets(`(x ~ ${quoted(source)}::text)`, 'x', 'postgres');
    expect(facets?.pattern).toBe(want);
  });

  it('bears any text', () => {
    const token = fc.constantFrom(
      ...[
        'x',
        '(',
        ')',
        '>',
        '=',
        ' AND ',
        ' OR ',
        ' NOT ',
        '1',
        "'a'",
        '::',
        'text',
        '[',
        ']',
        'ANY',
        ' IN ',
        ',',
        'length',
        '-',
        ' IS ',
        'NULL',
        '~',
      ],
    );
    const dialect = fc.constantFrom<Dialect>('postgres', 'mysql', 'sqlite');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 20 }), dialect, (tokens, which) => {
        expect(() => checkFacets(tokens.join(''), 'x', which)).not.toThrow();
      }),
    );
  });
});
