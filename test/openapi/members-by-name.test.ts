import { describe, expect, test } from 'vitest';
import type { Tool } from '../../src/blueprint/types.js';
import { readArguments } from '../../templates/src/runtime/arguments/read-arguments.js';
import type { ServerTool } from '../../templates/src/runtime/tool.js';
import { documentWith, readDocument } from '../support/read-document.js';

/** The tool whose argument `x` has the schema, and what is found in it. */
async function toolWith(x: object): Promise<{ tool: Tool; found: string[] }> {
  const schema = { type: 'object', properties: { x } };
  const requestBody = { content: { 'application/json': { schema } } };
  const { tools, findings } = await readDocument(
    documentWith({ requestBody }, {}, { method: 'post' }),
  );
  return {
    tool: tools[0]!,
    found: findings.map(({ code, message }) => `${code} ${message}`),
  };
}

const argument = ({ inputSchema }: Tool): unknown =>
  (inputSchema['properties'] as Record<string, unknown>)['x'];

/** What the emitted server says of `x`; undefined where it takes it. */
function refusal(tool: Tool, x: unknown): string | undefined {
  const read = readArguments(tool as unknown as ServerTool, { x });
  return read.ok ? undefined : read.message.split('\n').at(-1);
}

describe('patternProperties', () => {
  test('are checked by patterns that run, in the spelling that runs', async () => {
    const { tool } = await toolWith({
      type: 'object',
      patternProperties: { '\\A@\\-b': { type: 'boolean' }, '^n-': { type: 'integer' } },
      additionalProperties: { type: 'string' },
    });
    expect(argument(tool)).toEqual({
      type: 'object',
      patternProperties: { '^@-b': { type: 'boolean' }, '^n-': { type: 'integer' } },
      additionalProperties: { type: 'string' },
    });
    expect(refusal(tool, { '@-b': true, 'n-1': 1, other: '7' })).toBeUndefined();
    expect(refusal(tool, { 'n-1': 'one' })).toBe('- /x/n-1: is a string; expected integer');
  });

  test('decide over a value, not what is said of all other members', async () => {
    const { tool } = await toolWith({
      type: 'object',
      patternProperties: { '^s-': { type: 'string' } },
      additionalProperties: { type: 'integer' },
    });
    expect(refusal(tool, { 's-1': '7', n: 7 })).toBeUndefined();
  });

  test('that cannot run are left out with what would refuse their members, and reported', async () => {
    const { tool, found } = await toolWith({
      type: 'object',
      properties: { a: { type: 'string' } },
      patternProperties: { '^(a+)+$': { type: 'integer' }, '[': {}, '^n-': { type: 'integer' } },
      additionalProperties: false,
    });
    expect(argument(tool)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' } },
      patternProperties: { '^n-': { type: 'integer' } },
    });
    expect(found).toEqual([
      'MCP303 pattern "^(a+)+$" can take exponential time and is not run',
      'MCP302 pattern "[" is not a valid regular expression and is left out',
    ]);
    expect(refusal(tool, { aaaa: 'text', '[': 1 })).toBeUndefined();
    expect(refusal(tool, { 'n-1': 'one' })).toBe('- /x/n-1: is a string; expected integer');
  });
});

describe('dependentRequired', () => {
  test('is checked under the names that the model sees', async () => {
    const { tool } = await toolWith({
      type: 'object',
      properties: { '@card': { type: 'string' }, 'billing address': { type: 'string' } },
      dependentRequired: { '@card': ['billing address'] },
    });
    expect(argument(tool)).toHaveProperty('dependentRequired', { _card: ['billing_address'] });
    expect(refusal(tool, { _card: '1', billing_address: 'x' })).toBeUndefined();
    expect(refusal(tool, { _card: '1' })).toContain('billing_address');
  });

  test('that is no list of names is left out and reported', async () => {
    const { tool, found } = await toolWith({
      type: 'object',
      properties: { a: { type: 'string' } },
      dependentRequired: { a: 'b', c: [1], __proto__x: null, d: ['a'] },
    });
    expect(argument(tool)).toHaveProperty('dependentRequired', { d: ['a'] });
    expect(found).toEqual(
      Array(3).fill('MCP305 "dependentRequired" is left out: it must be lists of names'),
    );
    expect(refusal(tool, { a: '1' })).toBeUndefined();
  });
});
