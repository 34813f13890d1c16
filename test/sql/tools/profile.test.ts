import { describe, expect, it } from 'vitest';
import type { SqlDatabase, SqlTable } from '../../../src/blueprint/database.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { chooseProfile, type ProfileChoice } from '../../../src/sources/sql/tools/profile.js';

/** Tables with as many relations as the number says. */
const database = (tables: Record<string, number>): SqlDatabase => ({
  ...{ id: 'shop', dialect: 'sqlite', env: 'DATABASE_URL' },
  limits: {
    ...{ defaultRows: 25, maxRows: 200, timeoutMs: 1_000 },
    ...{ maxTextChars: 100, maxBinaryBytes: 100 },
  },
  tables: Object.fromEntries(
    Object.entries(tables).map(([name, count]): [string, SqlTable] => [
      name,
      {
        name,
        columns: {},
        relations: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`r${index}`, { table: name, columns: [] }]),
        ),
      },
    ]),
  ),
});

const few = database({ a: 0, b: 1, c: 2 });
const many = database({ a: 0, b: 3, c: 1, d: 3, e: 2, f: 4, g: 1 });
const hundred = database(
  Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, 0])),
);
const abc = ['a', 'b', 'c'];
const typed: ProfileChoice = { profile: 'typed', typed: abc, generic: [] };
const generic: ProfileChoice = { profile: 'generic', typed: [], generic: abc };
const hybrid = (chosen: string[], rest: string[]): ProfileChoice => ({
  ...{ profile: 'hybrid', typed: chosen, generic: rest },
});

type Row = [
  what: string,
  database: SqlDatabase,
  entry: Pick<SqlEntry, 'profile' | 'typed' | 'tokens'>,
  cost: { tools: number; tokens: number },
  want: ProfileChoice,
];

const CHEAP = { tools: 9, tokens: 1_000 };

describe('the profile of a database', () => {
  it.each<Row>([
    ['typed within both budgets', few, {}, { tools: 40, tokens: 10_000 }, typed],
    ['generic above the tokens', few, {}, { tools: 40, tokens: 10_001 }, generic],
    ['generic above the tools', few, {}, { tools: 41, tokens: 10_000 }, generic],
    [
      'typed within a budget of its own',
      few,
      { tokens: 30_000 },
      { tools: 40, tokens: 29_000 },
      typed,
    ],
    ['generic above a budget of its own', few, { tokens: 900 }, CHEAP, generic],
    [
      'typed where mcp.yaml says so',
      few,
      { profile: 'typed' },
      { tools: 900, tokens: 90_000 },
      typed,
    ],
    ['generic where mcp.yaml says so', few, { profile: 'generic' }, CHEAP, generic],
    [
      'hybrid where tables are named',
      few,
      { typed: ['b', 'c*'] },
      CHEAP,
      hybrid(['b', 'c'], ['a']),
    ],
    ['hybrid with what is named and is not there', few, { typed: ['x'] }, CHEAP, hybrid([], abc)],
    ['typed though tables are named', few, { profile: 'typed', typed: ['b'] }, CHEAP, typed],
    [
      'hybrid with the five tables of most relations, by name where these are as many',
      ...([many, { profile: 'hybrid' }, CHEAP] as const),
      hybrid(['f', 'b', 'd', 'e', 'c'], ['a', 'g']),
    ],
  ])('is %s', (_, tables, entry, cost, want) => {
    expect(chooseProfile(tables, entry, () => cost)).toEqual(want);
  });

  it('is generic for more tables than tools without a look at them', () => {
    const choice = chooseProfile(hundred, {}, () => {
      throw new Error('nobody has to ask');
    });
    expect([choice.profile, choice.generic.length]).toEqual(['generic', 41]);
  });
});
