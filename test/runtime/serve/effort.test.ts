import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../templates/src/runtime/arguments/read-arguments.js';
import type { JsonSchema, ServerTool } from '../../../templates/src/runtime/tool.js';

const open: JsonSchema = { type: 'object' };

function withProperties(properties: Record<string, unknown>, rest: JsonSchema = {}): JsonSchema {
  return { type: 'object', properties, additionalProperties: false, ...rest };
}

function read(inputSchema: JsonSchema, given: unknown): unknown {
  const tool: ServerTool = {
    name: 'do_it',
    description: 'Does it.',
    inputSchema,
    handler: () => undefined,
  };
  const result = readArguments(tool, given);
  return result.ok ? result.value : result.message.split('\n').slice(1);
}

const TOO_MUCH = [
  '- arguments: hold too much to be checked; send fewer values, shorter texts or less nesting',
];

const times = <Value>(count: number, value: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => value(index));

describe('S15 size of arguments', () => {
  test('S15 depth', () => {
    const given = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
    expect(read(open, given)).toEqual([`- ${'/a'.repeat(65)}: nested over 64 levels`]);
  });

  test('S15 number of values', () => {
    expect(read(open, { a: times(500_000, () => 1) })).toEqual([
      '- arguments: more than 500000 values; send them in several calls',
    ]);
  });

  test('S15 number of values, those in JSON text included', () => {
    const list = { type: 'array', items: { type: 'integer' } };
    const text = JSON.stringify(times(300_000, () => 1));
    expect(read(withProperties({ a: list, b: list }), { a: text, b: text })).toEqual([
      '- /b: more than 500000 values; send them in several calls',
    ]);
  });

  test('S15 thousands of items as JSON text are no more complex than as an array', () => {
    const schema = withProperties(
      { items: { type: 'array', items: { $ref: '#/$defs/Item' } } },
      { $defs: { Item: { type: 'object', properties: { id: { type: 'integer' } } } } },
    );
    const items = times(12_000, (id) => ({ id }));
    expect(read(schema, { items: JSON.stringify(items) })).toEqual({ items });
  });

  test('S15 length of names', () => {
    expect(read(open, { ['a'.repeat(513)]: 1 })).toEqual([
      '- arguments: a name is longer than 512 characters',
    ]);
  });

  test('S15 alternatives that multiply with depth end', () => {
    const branch = (op: string) => ({
      type: 'object',
      properties: {
        filters: { type: 'array', items: { $ref: '#/$defs/Filter' } },
        op: { const: op },
      },
      required: ['op'],
    });
    const schema = withProperties(
      { filter: { $ref: '#/$defs/Filter' } },
      { $defs: { Filter: { anyOf: [branch('and'), branch('or'), branch('xor')] } } },
    );
    let filter: object = { op: 'nor' };
    for (let depth = 0; depth < 30; depth += 1) filter = { op: 'and', filters: [filter] };
    expect(read(schema, { filter })).toEqual(TOO_MUCH);
  });

  test('S15 references are not followed by the million', () => {
    const $defs = { D: { type: 'object', required: ['id'] } };
    const branch = { $ref: '#/$defs/D' };
    const schema = withProperties(
      { a: { type: 'array', items: { anyOf: times(8, () => branch) } } },
      { $defs },
    );
    const some = { a: times(12_000, (id) => ({ id })) };
    expect(read(schema, some)).toEqual(some);
    expect(read(schema, { a: times(70_000, (id) => ({ id })) })).toEqual(TOO_MUCH);
  });

  test('S15 of many problems, only as many are explained as can be in a moment', () => {
    const values = times(1_000, (index) => `value-${index}`);
    const schema = withProperties({ a: { type: 'array', items: { enum: values } } });
    const lines = (count: number) => read(schema, { a: times(count, () => 'x') }) as string[];
    expect(lines(2_000).at(-1)).toBe('- and 17 more problems');
    expect(lines(3_000)).toEqual([expect.stringMatching(/^- \/a\/0: is not one of "value-0"/)]);
  });

  test('S15 large items that must differ are not compared by the thousand', () => {
    const list = { type: 'array', items: { type: 'object' }, uniqueItems: true };
    const lists = { type: 'array', items: list };
    const given = { lists: times(100, () => times(1_000, (id) => ({ id }))) };
    const answer = read(withProperties({ lists }), given) as string[];
    expect(answer[0]).toBe(
      '- /lists/8: too much to be compared, item by item; send fewer or smaller items',
    );
    const few = { lists: [times(1_000, (id) => ({ id }))] };
    expect(read(withProperties({ lists }), few)).toEqual(few);
  });

  test('S15 a long list of values is not gone through by the hundred thousand', () => {
    const values = times(5_000, (index) => `value-${index}`);
    const schema = withProperties({ a: { type: 'array', items: { enum: values } } });
    expect(read(schema, { a: times(5_001, () => 'value-0') })).toEqual(TOO_MUCH);
    expect(read(schema, { a: ['value-4999'] })).toEqual({ a: ['value-4999'] });
    expect((read(schema, { a: ['Value-4999'] }) as string[])[0]).toContain(
      'did you mean "value-4999"?',
    );
  });
});

describe('S12 texts for patterns', () => {
  const texts = (pattern: string) =>
    withProperties({ a: { type: 'array', items: { type: 'string', pattern } } });

  test('S12 one that is too long is not matched', () => {
    const schema = withProperties({ a: { type: 'string', pattern: '^a*$' } });
    expect(read(schema, { a: 'a'.repeat(10_000) })).toEqual({ a: 'a'.repeat(10_000) });
    expect(read(schema, { a: 'a'.repeat(10_001) })).toEqual([
      '- /a: has 10001 characters; expected at most 10000',
    ]);
    expect(read(schema, { a: '😀'.repeat(10_001) })).toEqual([
      '- /a: has 10001 characters; expected at most 10000',
    ]);
    expect(read(schema, { a: '😀'.repeat(10_000) })).toEqual([
      '- /a: does not match the pattern "^a*$"',
    ]);
  });

  test('S12 a shorter limit of the schema stays', () => {
    const schema = withProperties({ a: { type: 'string', pattern: '^a*$', maxLength: 3 } });
    expect(read(schema, { a: 'aaaa' })).toEqual(['- /a: has 4 characters; expected at most 3']);
  });

  test('S12 many long ones together are too much for a pattern without an anchor', () => {
    const text = ' '.repeat(9_999);
    expect(read(texts('\\s+$'), { a: times(5, () => text) })).toEqual({ a: times(5, () => text) });
    expect(read(texts('\\s+$'), { a: times(6, () => text) })).toEqual(TOO_MUCH);
    expect(read(texts('\\s+$'), { a: times(3_000, () => text) })).toEqual(TOO_MUCH);
  });

  test('S12 also for alternatives, of which only one has an anchor', () => {
    expect(read(texts('^b|\\s+$'), { a: times(6, () => ' '.repeat(9_999)) })).toEqual(TOO_MUCH);
  });

  test('S12 with an anchor, or in short, they are not', () => {
    const long = { a: times(400, () => 'a'.repeat(9_999)) };
    expect(read(texts('^[a-z]+$'), long)).toEqual(long);
    const short = { a: times(50_000, () => 'abc') };
    expect(read(texts('[a-z]+'), short)).toEqual(short);
  });

  test('S12 names that have to match are texts too', () => {
    const schema = { type: 'object', patternProperties: { '\\s+$': {} } };
    const names = times(2_000, (index) => [`${' '.repeat(500)}${index}`, 1] as const);
    expect(read(schema, Object.fromEntries(names))).toEqual(TOO_MUCH);
    expect(read(schema, { 'a ': 1 })).toEqual({ 'a ': 1 });
  });
});
