import { expect, it } from 'vitest';
import { mergePackage } from '../../src/workspace/merge-package.js';

const base = {
  name: 'a',
  scripts: { test: 't', build: 'b' },
  dependencies: { x: '1.0.0', y: '1.0.0' },
};

it.each<[string, object, object, object, string[][]]>([
  ['takes what the generator changed', base, { ...base, name: 'b' }, { ...base, name: 'b' }, []],
  ['keeps what the user changed', { ...base, name: 'mine' }, base, { ...base, name: 'mine' }, []],
  [
    'merges neighbours',
    { ...base, dependencies: { x: '1.0.0', y: '2.0.0', z: '3.0.0' } },
    { ...base, dependencies: { x: '1.1.0', y: '1.0.0' } },
    { ...base, dependencies: { x: '1.1.0', y: '2.0.0', z: '3.0.0' } },
    [],
  ],
  [
    'removes what the generator removed, unless edited',
    { ...base, dependencies: { x: '9.0.0', y: '1.0.0' } },
    { ...base, dependencies: {} },
    { ...base, dependencies: { x: '9.0.0' } },
    [['dependencies', 'x']],
  ],
  [
    'keeps what the user removed',
    { ...base, scripts: { build: 'b' } },
    { ...base, scripts: { test: 't', build: 'b2' } },
    { ...base, scripts: { build: 'b2' } },
    [],
  ],
  [
    'reports what both changed',
    { ...base, name: 'm' },
    { ...base, name: 't' },
    { ...base, name: 'm' },
    [['name']],
  ],
])('%s', (_, mine, theirs, want, conflicts) => {
  const result = mergePackage(JSON.stringify(base), JSON.stringify(mine), JSON.stringify(theirs));
  expect(JSON.parse(result.text)).toEqual(want);
  expect(result.conflicts.map((conflict) => conflict.path)).toEqual(conflicts);
});
