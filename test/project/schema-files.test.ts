import { describe, expect, it } from 'vitest';
import { schemaFiles } from '../../src/project/schema-files.js';

const modules = (names: string[]) =>
  schemaFiles({
    requests: names.map((name) => ({ name, schema: {}, names: new Map() })),
    names: new Map(),
  }).map(({ module, requests }) => [module, requests.length]);

/** `A0`, `B1`, `C2`, `A3`, … */
const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `${'ABC'[index % 3]}${index}`);

describe('named schemas', () => {
  it.each([
    [0, []],
    [1, [['schemas', 1]]],
    [120, [['schemas', 120]]],
    [
      123,
      [
        ['schemas-a', 41],
        ['schemas-b', 41],
        ['schemas-c', 41],
      ],
    ],
  ])('%d are in these files', (count, want) => {
    expect(modules(names(count))).toEqual(want);
  });
});
