import { expect, test } from 'vitest';
import { nameApart } from '../../src/sources/name-apart.js';

const reading = (id: string, ...names: string[]) => ({
  source: { id },
  tools: names.map((name) => ({ name })),
});

function apart(...readings: ReturnType<typeof reading>[]) {
  const { readings: named, findings } = nameApart(readings, 'mcp.yaml');
  return {
    names: named.map(({ tools }) => tools.map(({ name }) => name)),
    found: findings.map(({ message, fix, origin }) => [message, fix, origin?.path]),
  };
}

test('tools of two sources never have one name, and what a source chose stays', () => {
  const long = 'x'.repeat(64);
  const { names, found } = apart(
    reading('a', 'list', 'get', long),
    reading('b', 'List', 'b_list', 'own', long, `b_${long}`.slice(0, 64)),
    reading('c', 'own'),
  );
  expect(names).toEqual([
    ['list', 'get', long],
    ['b_List_2', 'b_list', 'own', `b_${'x'.repeat(60)}_2`, `b_${'x'.repeat(62)}`],
    ['c_own'],
  ]);
  expect(found).toEqual([
    [
      '2 tools of b are named like tools of a; they are called after their source, as b_List_2',
      'give b a prefix of its own: sources.b.prefix in mcp.yaml',
      ['sources', 'b'],
    ],
    [
      'c and b both have a tool own; that of c is called c_own',
      'give c a prefix of its own: sources.c.prefix in mcp.yaml',
      ['sources', 'c'],
    ],
  ]);
});

test('names that differ stay', () => {
  expect(apart(reading('a', 'x'), reading('b', 'y'))).toEqual({ names: [['x'], ['y']], found: [] });
});
