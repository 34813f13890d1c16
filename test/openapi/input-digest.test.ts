import { expect, it } from 'vitest';
import { createInputDigest } from '../../src/sources/openapi/input-digest.js';
import type { Node } from '../../src/sources/openapi/node.js';
import { readOperations } from '../../src/sources/openapi/operations.js';
import { References } from '../../src/sources/openapi/references.js';

type Json = Record<string, unknown>;

/** Digest of the one operation of a document. */
function digest(operation: Json, schemas: Json = {}, item: Json = {}, isSwagger2 = false): string {
  const value = { paths: { '/a': { ...item, post: operation } }, components: { schemas } };
  const root: Node = { value, file: 'a.json' };
  const references = new References({
    files: new Map([['a.json', value]]),
    resolveFile: () => undefined,
    dangling: () => undefined,
  });
  const [read] = [...readOperations(root, references, isSwagger2)];
  if (read === undefined || 'reason' in read) throw new Error('no operation');
  return createInputDigest(references)(read);
}

const query = (name: string, schema: Json): Json => ({ name, in: 'query', schema });
const body = (schema: Json): Json => ({ content: { 'application/json': { schema } } });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const props = (properties: Json): Json => ({ type: 'object', properties });

it.each<[string, () => string, () => string]>([
  [
    'words, examples, extensions and what is no input',
    () => digest({ requestBody: body({ type: 'string' }) }),
    () =>
      digest({
        summary: 'x',
        responses: { 200: { description: 'ok' } },
        requestBody: body({ type: 'string', description: 'x', example: 'y', 'x-a': 1 }),
      }),
  ],
  [
    'the order of parameters and members',
    () => digest({ parameters: [query('a', { type: 'string', minLength: 1 }), query('b', {})] }),
    () => digest({ parameters: [query('b', {}), query('a', { minLength: 1, type: 'string' })] }),
  ],
  [
    'what a schema is called, round a circle as well',
    () => digest({ requestBody: body(ref('A')) }, { A: props({ next: ref('A'), x: {} }) }),
    () => digest({ requestBody: body(ref('B')) }, { B: props({ next: ref('B'), x: {} }) }),
  ],
])('does not see %s', (_, one, other) => {
  expect(one()).toMatch(/^[0-9a-f]{12}$/);
  expect(other()).toBe(one());
});

it.each<[string, () => string, () => string]>([
  [
    'a format',
    () => digest({ parameters: [query('a', { type: 'integer' })] }),
    () => digest({ parameters: [query('a', { type: 'integer', format: 'int32' })] }),
  ],
  [
    'a parameter of the path item',
    () => digest({}, {}, { parameters: [query('a', {})] }),
    () => digest({}, {}, { parameters: [query('b', {})] }),
  ],
  [
    'whether a body is required',
    () => digest({ requestBody: body({}) }),
    () => digest({ requestBody: { ...body({}), required: true } }),
  ],
  [
    'a schema far behind references',
    () => digest({ requestBody: body(ref('A')) }, { A: props({ b: ref('B') }), B: {} }),
    () => digest({ requestBody: body(ref('A')) }, { A: props({ b: ref('B') }), B: { not: {} } }),
  ],
  [
    'properties that have the names of words',
    () => digest({ requestBody: body(props({ description: {} })) }),
    () => digest({ requestBody: body(props({ example: {} })) }),
  ],
  [
    'references that change places',
    () =>
      digest({ requestBody: body(props({ a: ref('A'), b: ref('B') })) }, { A: {}, B: { not: {} } }),
    () =>
      digest({ requestBody: body(props({ a: ref('B'), b: ref('A') })) }, { A: {}, B: { not: {} } }),
  ],
  [
    'fields of a form in Swagger 2.0',
    () => digest({ parameters: [{ name: 'a', in: 'formData', type: 'string' }] }, {}, {}, true),
    () => digest({ parameters: [{ name: 'a', in: 'formData', type: 'integer' }] }, {}, {}, true),
  ],
])('sees %s', (_, one, other) => {
  expect(other()).not.toBe(one());
});

it('ends on references in a circle, and on what is nested deep', () => {
  const circle = { A: ref('B'), B: ref('A') };
  expect(digest({ requestBody: body(ref('A')) }, circle)).toMatch(/^[0-9a-f]{12}$/);
  const broken = { ...props({}), properties: ref('Nowhere') };
  expect(digest({ requestBody: body(broken) })).toMatch(/^[0-9a-f]{12}$/);
  let deep: Json = {};
  for (let level = 0; level < 5_000; level += 1) deep = { not: deep };
  expect(digest({ requestBody: body(deep) })).toMatch(/^[0-9a-f]{12}$/);
});
