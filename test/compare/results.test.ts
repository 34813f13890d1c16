import { describe, expect, it } from 'vitest';
import { compareSurfaces, isDoubtful, resultLookup } from '../../src/blueprint/compare.js';
import { isWideInteger } from '../../src/blueprint/compare/result-lookup.js';
import type { Blueprint, JsonSchema } from '../../src/blueprint/types.js';
import { line, tool } from './support/surface.js';

/** As much of a blueprint as says what `things` gives. */
function giving(resultType: JsonSchema, schemas: Record<string, JsonSchema> = {}): Blueprint {
  const binding = { kind: 'http', source: 'api', method: 'GET', path: '/things' };
  return {
    sources: [{ kind: 'http', id: 'api', schemas }],
    tools: [{ name: 'things', resultType, binding }],
  } as unknown as Blueprint;
}

const wide = { type: ['integer', 'string'], format: 'int64' };
const shallow = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties,
});
const changes = (before: JsonSchema, after: JsonSchema, blueprint?: Blueprint) =>
  compareSurfaces(
    [tool({ outputSchema: before })],
    [tool({ outputSchema: after })],
    blueprint && resultLookup(blueprint),
  );

describe('a whole number that may be text now', () => {
  const before = shallow({ id: { type: 'integer' } });
  const after = shallow({ id: { type: ['integer', 'string'] } });

  it.each<[string, JsonSchema, Record<string, JsonSchema>, string]>([
    ['is a 64-bit integer', shallow({ id: wide }), {}, 'risky integer-widened'],
    [
      'is one behind references and parts',
      { allOf: [{ $ref: '#/$defs/Thing' }] },
      { Thing: shallow({ id: { $ref: '#/$defs/Id' } }), Id: wide },
      'risky integer-widened',
    ],
    [
      'is text of other kinds as well',
      shallow({ id: { anyOf: [wide, { type: 'string' }] } }),
      {},
      'breaking type-widened',
    ],
    [
      'is either in the document',
      shallow({ id: { type: ['integer', 'string'] } }),
      {},
      'breaking type-widened',
    ],
  ])('%s', (_, resultType, schemas, want) => {
    expect(changes(before, after, giving(resultType, schemas)).map(line)).toEqual([
      `${want} /outputSchema/properties/id`,
    ]);
  });

  it('breaks as long as nothing more is known, and is doubtful', () => {
    const found = changes(before, after);
    expect(found.map(line)).toEqual(['breaking type-widened /outputSchema/properties/id']);
    expect(found.map(isDoubtful)).toEqual([true]);
  });

  it('is found where a list stands under "result", and deep inside', () => {
    const listed = (type: unknown): JsonSchema =>
      shallow({ result: { type: 'array', items: shallow({ id: { type } }) } });
    const resultType = { type: 'array', items: shallow({ id: wide }) };
    const found = changes(listed('integer'), listed(['integer', 'string']), giving(resultType));
    expect(found.map(line)).toEqual([
      'risky integer-widened /outputSchema/properties/result/items/properties/id',
    ]);
  });

  it.each<[string, JsonSchema, JsonSchema, string]>([
    ['text too', { type: 'boolean' }, { type: ['boolean', 'string'] }, 'breaking type-widened'],
    [
      'null as well',
      { type: 'integer' },
      { type: ['integer', 'null', 'string'] },
      'breaking type-widened',
    ],
  ])('is not meant where it is %s', (_, old, now, want) => {
    const found = changes(
      shallow({ id: old }),
      shallow({ id: now }),
      giving(shallow({ id: wide })),
    );
    expect(found.map(line)).toEqual([`${want} /outputSchema/properties/id`]);
  });

  it('is nothing for arguments', () => {
    const of = (type: unknown) => [tool({ inputSchema: shallow({ id: { type } }) })];
    const found = compareSurfaces(of('integer'), of(['integer', 'string']));
    expect(found.map(line)).toEqual(['safe type-widened /inputSchema/properties/id']);
    expect(found.map(isDoubtful)).toEqual([false]);
  });
});

it('tells a wide integer from what merely may be one', () => {
  expect(isWideInteger([wide])).toBe(true);
  expect(isWideInteger([{ anyOf: [] }, wide, { type: 'null' }])).toBe(true);
  expect(isWideInteger([])).toBe(false);
  expect(isWideInteger([{ type: 'integer', format: 'int64' }])).toBe(false);
  expect(isWideInteger([{ type: 'string', format: 'int64' }])).toBe(false);
});

describe('a field that is not listed any more', () => {
  const long = Array.from({ length: 12 }, (_, n) => `field_${n}`);
  const fields = (...names: string[]): JsonSchema =>
    shallow(Object.fromEntries(names.map((name) => [name, { type: 'string' }])));

  it.each<[string, JsonSchema, string]>([
    ['is still given', fields(...long, 'z'), 'safe output-field-unlisted'],
    ['is gone', fields(...long), 'breaking output-field-removed'],
  ])('%s', (_, resultType, want) => {
    const found = changes(fields(...long, 'z'), fields(...long), giving(resultType));
    expect(found.map(line)).toEqual([`${want} /outputSchema/properties/z`]);
  });

  it('says so', () => {
    const [change] = changes(fields('a/b', 'c'), fields('c'), giving(fields('a/b', 'c')));
    expect(change).toMatchObject({
      class: 'safe',
      message: 'result field "a/b" is still there, but no longer listed',
    });
  });

  it('is doubtful as long as nothing more is known', () => {
    const found = changes(fields(...long, 'z'), fields(...long));
    expect(found.map(isDoubtful)).toEqual([true]);
  });
});
