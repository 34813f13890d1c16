import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../src/blueprint/types.js';
import { compileTypes } from '../../src/render/types/compile-types.js';
import type { TypeRequest } from '../../src/project/file-spec.js';
import { declareGroups } from '../../src/render/types/types-source.js';

const names = new Map([
  ['Pet', 'Pet'],
  ['A', 'A'],
  ['B', 'B'],
]);

async function declareTypes(
  requests: TypeRequest[],
  options?: { cacheDir?: string },
): Promise<{ declarations: Map<string, { text: string; refs: string[] }>; failed: string[] }> {
  const { declarations, failed } = await declareGroups([requests], options);
  return { declarations: declarations[0]!, failed };
}

async function declare(schema: JsonSchema, name = 'Subject'): Promise<string> {
  const { declarations } = await declareTypes([{ name, schema, names }]);
  return declarations.get(name)!.text;
}

const refs = (count: number): JsonSchema[] =>
  Array.from({ length: count }, (_, at) => ({ $ref: `#/$defs/C${at}` }));

describe('declareGroups', () => {
  it.each<[string, JsonSchema, string]>([
    ['a string', { type: 'string' }, 'string'],
    ['an integer as text or number', { type: ['integer', 'string'] }, 'number | string'],
    ['nothing known', {}, 'unknown'],
    ['everything', { not: { type: 'string' } }, 'unknown'],
    ['an unknown type', { type: 'any); evil(' }, 'unknown'],
    ['an object of which nothing is known', { type: 'object' }, 'Record<string, unknown>'],
    ['no properties', { type: 'object', additionalProperties: false }, 'Record<string, never>'],
    ['values', { enum: ['a', 1, null, true] }, "'a' | 1 | null | true"],
    ['a constant', { const: "it's" }, `"it's"`],
    ['objects as values', { enum: [{ a: 1 }] }, 'unknown'],
    ['many values', { enum: Array.from({ length: 101 }, (_, i) => `v${i}`) }, 'string'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'string[]'],
    [
      'a list of choices',
      { type: 'array', items: { type: ['string', 'null'] } },
      '(string | null)[]',
    ],
    ['a tuple', { prefixItems: [{ type: 'string' }, { type: 'number' }] }, '(string | number)[]'],
    ['a list of anything', { type: 'array' }, 'unknown[]'],
    ['a bounded list', { type: 'array', items: {}, minItems: 1, maxItems: 3 }, 'unknown[]'],
    ['a reference', { $ref: '#/$defs/Pet' }, 'Pet'],
    ['a dangling reference', { $ref: '#/$defs/Nobody' }, 'unknown'],
    [
      'a reference and more',
      { $ref: '#/$defs/Pet', type: 'object', properties: { a: {} } },
      'Pet & {\n  a?: unknown;\n}',
    ],
    ['all of', { allOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }] }, 'A & B'],
    ['one of', { oneOf: [{ $ref: '#/$defs/A' }, { type: 'null' }] }, 'A | null'],
    [
      'nested choices',
      { anyOf: [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'string' }] },
      'string | number',
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'number' } },
      '{\n  [k: string]: number;\n}',
    ],
    [
      'an open object',
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: true },
      '{\n  a?: string;\n  [k: string]: unknown;\n}',
    ],
  ])('%s', async (_, schema, want) => {
    expect(await declare(schema)).toBe(`export type Subject = ${want};`);
  });

  it('properties with comments, whatever their names', async () => {
    const properties = JSON.parse(
      '{"__proto__":{"type":"string"},"constructor":{"type":"number"},"a-b":{"type":"boolean"},"$ref":{"type":"null"}}',
    ) as JsonSchema;
    const schema = {
      type: 'object',
      description: 'First */ paragraph.\n\nSecond.',
      deprecated: true,
      properties: { ...properties, ['__proto__']: { type: 'string', description: 'Odd.' } },
      required: ['a-b', 'nobody'],
    };
    expect(await declare(schema)).toBe(
      [
        '/** @deprecated First *\\/ paragraph. */',
        'export type Subject = {',
        '  /** Odd. */',
        '  __proto__?: string;',
        '  constructor?: number;',
        "  'a-b': boolean;",
        '  $ref?: null;',
        '};',
      ].join('\n'),
    );
  });

  it('aliases that come back to themselves are cut', async () => {
    const { declarations } = await declareTypes([
      { name: 'A', schema: { anyOf: [{ $ref: '#/$defs/B' }, { type: 'string' }] }, names },
      { name: 'B', schema: { oneOf: [{ $ref: '#/$defs/A' }, { type: 'number' }] }, names },
      { name: 'Pet', schema: { properties: { parent: { $ref: '#/$defs/Pet' } } }, names },
      { name: 'Self', schema: { $ref: '#/$defs/Self' }, names: new Map([['Self', 'Self']]) },
    ]);
    expect([...declarations.values()].map(({ text }) => text)).toEqual([
      'export type A = B | string;',
      'export type B = number;',
      'export type Pet = {\n  parent?: Pet;\n};',
      'export type Self = unknown;',
    ]);
    expect(declarations.get('A')!.refs).toEqual(['B']);
  });

  it('an intersection of unions is made wider where it would have more than 1,000 members', async () => {
    const choice = (at: number) => ({ anyOf: [{ const: `a${at}` }, { const: `b${at}` }] });
    const choices = (count: number) => Array.from({ length: count }, (_, at) => choice(at));
    const typeOf = (count: number) =>
      choices(count)
        .map((_, at) => `('a${at}' | 'b${at}')`)
        .join(' & ');
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
    expect(flat(await declare({ allOf: choices(9) }))).toBe(`export type Subject = ${typeOf(9)};`);
    expect(flat(await declare({ allOf: choices(22) }))).toBe(`export type Subject = ${typeOf(9)};`);

    // The same by names, one of which stands for 256 members.
    const named = [
      { name: 'Holder', schema: { properties: { x: { allOf: refs(9) }, y: { allOf: refs(10) } } } },
      ...choices(10).map((schema, at) => ({ name: `C${at}`, schema })),
      { name: 'Wide', schema: { allOf: refs(8) } },
      { name: 'Subject', schema: { allOf: [{ $ref: '#/$defs/Wide' }, choice(0), choice(1)] } },
    ];
    const own = new Map(named.map(({ name }) => [name, name]));
    const { declarations } = await declareTypes(named.map((one) => ({ ...one, names: own })));
    expect(declarations.get('Wide')!.refs).toHaveLength(8);
    expect(flat(declarations.get('Holder')!.text)).toMatch(/y\?: C0 & .* & C8; }/);
    expect(flat(declarations.get('Subject')!.text)).toBe(
      "export type Subject = Wide & ('a0' | 'b0');",
    );
  });

  it('what is nested too deeply is unknown from there on', async () => {
    let deep: JsonSchema = { type: 'string' };
    for (let depth = 0; depth < 5000; depth += 1) deep = { type: 'array', items: deep };
    expect(await declare(deep)).toMatch(/^export type Subject =\s+unknown(\[\])+;$/);
  });

  it('one schema that cannot be compiled does not take others with it', async () => {
    const fine = { type: 'string' };
    const compiled = await compileTypes([fine, { $ref: '#/nowhere' }, fine, fine]);
    const text = { type: { kind: 'name', text: 'string' }, comment: '' };
    expect(compiled).toEqual([text, undefined, text, text]);
  });

  it('remembers by content, and survives a broken cache', async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), 'types-'));
    try {
      const requests = [{ name: 'A', schema: { type: 'string' }, names }];
      const first = await declareTypes(requests, { cacheDir });
      const [file] = await readdir(cacheDir);
      const path = join(cacheDir, file!);
      const marked = (await readFile(path, 'utf8')).replace('= string', '= string /* kept */');
      await writeFile(path, marked);
      const second = await declareTypes(requests, { cacheDir });
      expect(second.declarations.get('A')!.text).toBe('export type A = string /* kept */;');
      const other = [{ name: 'A', schema: { type: 'number' }, names }];
      const changed = await declareTypes(other, { cacheDir });
      expect(changed.declarations.get('A')!.text).toBe('export type A = number;');
      await writeFile(path, '{"not": ["a cache"');
      expect(await declareTypes(requests, { cacheDir })).toEqual(first);
    } finally {
      await rm(cacheDir, { recursive: true });
    }
  });
});
