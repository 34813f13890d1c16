import { describe, expect, it } from 'vitest';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { documentWith, readDocument } from '../support/read-document.js';

const LEVELS = 40;

/** Each level refers to the next one twice: 2^40 ways through a document of a few kilobytes. */
function doubling(combine: (next: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Array.from({ length: LEVELS }, (_, level) => {
      const next =
        level === LEVELS - 1 ? { type: 'string' } : { $ref: `#/components/schemas/L${level + 1}` };
      return [`L${level}`, combine(next)];
    }),
  );
}

const SHAPES: [string, (next: unknown) => unknown][] = [
  ['anyOf', (next) => ({ anyOf: [next, next, { type: 'integer' }] })],
  [
    'anyOf of different wrappers',
    (next) => ({ anyOf: [{ allOf: [next, { title: 'a' }] }, { allOf: [next, { minLength: 1 }] }] }),
  ],
  ['allOf', (next) => ({ allOf: [next, { allOf: [next] }, { description: 'x' }] })],
  [
    'required members',
    (next) => ({ type: 'object', required: ['a', 'b'], properties: { a: next, b: next } }),
  ],
  [
    'items and members',
    (next) => ({
      type: 'object',
      properties: { a: { type: 'array', minItems: 2, items: next }, b: next },
    }),
  ],
  [
    'recursion in every member',
    () => ({
      type: 'object',
      required: ['a', 'b', 'c', 'd', 'e', 'f'],
      properties: Object.fromEntries(
        [...'abcdef'].map((key) => [key, { $ref: '#/components/schemas/L0' }]),
      ),
    }),
  ],
  [
    'recursive composition',
    (next) => ({
      allOf: [next, { $ref: '#/components/schemas/L0' }],
      anyOf: [{ $ref: '#/components/schemas/L0' }, next],
    }),
  ],
];

describe('G8: references that multiply', () => {
  it.each(SHAPES)(
    '%s',
    async (_, combine) => {
      const schema = { $ref: '#/components/schemas/L0' };
      const document = documentWith(
        {
          parameters: [{ name: 'q', in: 'query', required: true, schema }],
          requestBody: { required: true, content: { 'application/json': { schema } } },
          responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
        },
        { components: { schemas: doubling(combine) } },
        { method: 'post' },
      );
      const blueprint = await readDocument(document, {}, { schemas: 'full' });
      const { tools } = blueprint;
      expect(tools).toHaveLength(1);
      expect(JSON.stringify(tools[0]?.inputSchema).length).toBeLessThan(100_000);
      expect(JSON.stringify(tools[0]?.outputSchema ?? null).length).toBeLessThan(100_000);
      const plan = planProject(blueprint, {
        manifestText: '',
        specs: [],
        generatorVersion: '1.0.0',
      });
      const files = await renderProject(plan);
      expect(files.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1_000_000);
    },
    10_000,
  );
});
