import { expect, it } from 'vitest';
import { compareSurfaces } from '../../src/blueprint/compare.js';
import { toolList } from '../../src/blueprint/surface.js';
import { read } from './support.js';

const surface = async (tools: string) =>
  toolList(
    await read(`name: shop
sources: { petstore: { openapi: specs/petstore.yaml, include: [listPets, getPet] } }
tools: { ${tools} }
`),
  );

const shown = (changes: ReturnType<typeof compareSurfaces>) =>
  changes.map(({ class: kind, code, tool, message }) => [kind, code, tool, message]);

it('a deprecation is safe, and a removal that was announced says what stands in', async () => {
  const before = await surface('');
  const announced = await surface('listPets: { deprecated: { successor: getPet, message: Slow } }');
  const after = await surface('listPets: { hidden: true }');
  expect(shown(compareSurfaces(before, announced))).toEqual([
    ['safe', 'tool-deprecated', 'listPets', 'is deprecated now: use getPet instead'],
  ]);
  expect(shown(compareSurfaces(announced, after))).toEqual([
    [
      'breaking',
      'tool-removed',
      'listPets',
      'was removed, as its description had announced: getPet stands in for it',
    ],
  ]);
  expect(shown(compareSurfaces(before, after))).toEqual([
    ['breaking', 'tool-removed', 'listPets', 'was removed'],
  ]);
});

it('other words besides are a change of the description', async () => {
  const before = await surface('');
  const after = await surface('listPets: { deprecated: true, description: Other. }');
  expect(shown(compareSurfaces(before, after))).toEqual([
    ['risky', 'description-changed', 'listPets', 'the description changed'],
  ]);
});
