import { describe, expect, test } from 'vitest';
import { readArguments } from '../../../templates/src/runtime/arguments/read-arguments.js';
import type { HttpTool } from '../../../templates/src/runtime/http/http-tool.js';
import type { JsonSchema } from '../../../templates/src/runtime/tool.js';

function toolWith(inputSchema: JsonSchema): HttpTool {
  return {
    name: 'do_it',
    description: 'Does it.',
    inputSchema,
    request: { source: 'api', method: 'GET', path: '/it' },
  };
}

function withProperties(properties: Record<string, unknown>, rest: JsonSchema = {}): JsonSchema {
  return { type: 'object', properties, additionalProperties: false, ...rest };
}

function read(schema: JsonSchema, given: unknown): unknown {
  const result = readArguments(toolWith(schema), given);
  return result.ok ? result.value : result.message.split('\n').slice(1);
}

const PET = withProperties(
  {
    name: { type: 'string', minLength: 2, maxLength: 5 },
    status: { type: 'string', enum: ['available', 'pending', 'sold'] },
    age: { type: 'integer', minimum: 0, maximum: 30 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2, uniqueItems: true },
    code: { type: 'string', pattern: '^[A-Z]{3}$' },
    owner: { type: ['object', 'null'], properties: { id: { type: 'integer' } } },
  },
  { required: ['name', 'status'] },
);

describe('S11 strict arguments', () => {
  const table: { title: string; schema?: JsonSchema; given: unknown; lines: string[] }[] = [
    {
      title: 'every missing name, with its type',
      given: {},
      lines: ['- /name: is missing; expected string', '- /status: is missing; expected string'],
    },
    {
      title: 'unknown name that is near a known one',
      given: { name: 'Rex', status: 'sold', Age_: 3 },
      lines: ['- /Age_: is not a known name; did you mean age?'],
    },
    {
      title: 'unknown name that is near none',
      given: { name: 'Rex', status: 'sold', zzzzzz: 3 },
      lines: ['- /zzzzzz: is not a known name; known are name, status, age, tags, code, owner'],
    },
    {
      title: 'unknown name where nothing is expected',
      schema: withProperties({}),
      given: { a: 1 },
      lines: ['- /a: is not a known name; none is expected here'],
    },
    {
      title: 'enum with its values and the nearest',
      given: { name: 'Rex', status: 'solde' },
      lines: ['- /status: is not one of "available", "pending", "sold"; did you mean "sold"?'],
    },
    {
      title: 'several problems, in the order of the schema',
      given: { name: 'R', status: 'sold', age: 31, tags: ['a', 'b', 'c'], code: 'abc' },
      lines: [
        '- /name: has 1 characters; expected at least 2',
        '- /age: is 31; expected at most 30',
        '- /tags: has 3 items; expected at most 2',
        '- /code: does not match the pattern "^[A-Z]{3}$"',
      ],
    },
    {
      title: 'duplicates',
      given: { name: 'Rex', status: 'sold', tags: ['a', 'a'] },
      lines: ['- /tags: has items that are the same; expected each one once'],
    },
    {
      title: 'a wrong type deep inside, once',
      given: { name: 'Rex', status: 'sold', owner: { id: 'x' } },
      lines: ['- /owner/id: is a string; expected integer'],
    },
    {
      title: 'not an object at all',
      given: 'hello',
      lines: ['- arguments: is a string; expected object'],
    },
    {
      title: 'a required name that is null',
      given: { name: null, status: 'sold' },
      lines: ['- /name: is null; expected string'],
    },
    {
      title: 'more problems than lines',
      schema: withProperties({}, { required: [...'abcdefghij'] }),
      given: {},
      lines: [...[...'abcdefg'].map((name) => `- /${name}: is missing`), '- and 3 more problems'],
    },
  ];
  test.each(table)('$title', ({ schema, given, lines }) => {
    expect(read(schema ?? PET, given)).toEqual(lines);
  });

  test('says which tool, first', () => {
    expect(readArguments(toolWith(withProperties({})), { a: 1 })).toEqual({
      ok: false,
      message: 'Invalid arguments for do_it:\n- /a: is not a known name; none is expected here',
    });
  });

  test('format is an annotation', () => {
    const schema = withProperties({ on: { type: 'string', format: 'date-time' } });
    expect(read(schema, { on: 'yesterday' })).toEqual({ on: 'yesterday' });
  });

  test('annotations may look like schemas and the schema may be frozen', () => {
    const example = { id: 'x', $ref: '#/nowhere', properties: { id: 'y' } };
    const schema = Object.freeze(
      withProperties({ a: { type: 'string', example }, b: { type: 'string', 'x-more': example } }),
    );
    expect(read(schema, { a: 'ok', b: 'ok' })).toEqual({ a: 'ok', b: 'ok' });
  });

  test('a schema that cannot be evaluated lets nothing through', () => {
    const schema = withProperties({ a: { $ref: '#/$defs/Gone' } });
    expect(() => readArguments(toolWith(schema), { a: 1 })).toThrow();
  });

  test('properties that objects inherit are not taken for given', () => {
    const schema = withProperties(
      { toString: { type: 'string' }, valueOf: { type: 'string' } },
      { required: ['toString'] },
    );
    expect(read(schema, {})).toEqual(['- /toString: is missing; expected string']);
  });
});

describe('alternatives come down to the nearest one', () => {
  const circle = {
    type: 'object',
    properties: { kind: { const: 'circle' }, radius: { type: 'number' } },
    required: ['kind', 'radius'],
    additionalProperties: false,
  };
  const square = {
    type: 'object',
    properties: { kind: { const: 'square' }, side: { type: 'number' } },
    required: ['kind', 'side'],
    additionalProperties: false,
  };
  const defs = { $defs: { Circle: circle, Square: square } };
  const shape = { oneOf: [{ $ref: '#/$defs/Circle' }, { $ref: '#/$defs/Square' }] };
  const table: { title: string; schema: JsonSchema; given: unknown; lines: string[] }[] = [
    {
      title: 'the branch whose tag matches',
      schema: withProperties({ shape }, defs),
      given: { shape: { kind: 'square', side: 'wide' } },
      lines: ['- /shape/side: is a string; expected number'],
    },
    {
      title: 'all types when none matches',
      schema: withProperties({ id: { anyOf: [{ type: 'string' }, { type: 'integer' }] } }),
      given: { id: true },
      lines: ['- /id: is a boolean; expected string or integer'],
    },
    {
      title: 'all values when none matches',
      schema: withProperties({ a: { anyOf: [{ const: 'x' }, { enum: ['y', 'z'] }] } }),
      given: { a: 'w' },
      lines: ['- /a: is not one of "x", "y", "z"'],
    },
    {
      title: 'the object where the other one is null',
      schema: withProperties(
        { shape: { anyOf: [{ $ref: '#/$defs/Circle' }, { type: 'null' }] } },
        defs,
      ),
      given: { shape: { kind: 'circle', radius: 1, color: 'red' } },
      lines: ['- /shape/color: is not a known name; known are kind, radius'],
    },
    {
      title: 'names of which one set is needed',
      schema: withProperties({
        who: { type: 'object', anyOf: [{ required: ['id'] }, { required: ['first', 'last'] }] },
      }),
      given: { who: {} },
      lines: ['- /who: needs id, or first and last'],
    },
    {
      title: 'more than one match',
      schema: withProperties({ n: { oneOf: [{ type: 'integer' }, { type: 'number' }] } }),
      given: { n: 1 },
      lines: ['- /n: fits more than one of the alternatives; expected exactly one'],
    },
    {
      title: 'alternatives inside an array',
      schema: withProperties({ shapes: { type: 'array', items: shape } }, defs),
      given: { shapes: [{ kind: 'circle', radius: 1 }, { kind: 'circle' }] },
      lines: ['- /shapes/1/radius: is missing; expected number'],
    },
  ];
  test.each(table)('$title', ({ schema, given, lines }) => {
    expect(read(schema, given)).toEqual(lines);
  });
});

describe('arguments are read as they were meant', () => {
  const nested = withProperties({ n: { type: 'integer' } });
  const table: { title: string; property: unknown; given: unknown; want: unknown }[] = [
    { title: 'object as text', property: nested, given: '{"n":1}', want: { n: 1 } },
    {
      title: 'text inside an object as text',
      property: nested,
      given: '{"n":"7"}',
      want: { n: 7 },
    },
    { title: 'array as text', property: { type: 'array' }, given: ' ["a"]', want: ['a'] },
    { title: 'number as text', property: { type: 'number' }, given: '1.50', want: 1.5 },
    { title: 'integer as text', property: { type: 'integer' }, given: '-12', want: -12 },
    { title: 'boolean as text', property: { type: 'boolean' }, given: 'false', want: false },
    {
      title: 'text that may be text',
      property: { type: ['string', 'number'] },
      given: '1',
      want: '1',
    },
    { title: 'text without a type', property: {}, given: '{"n":1}', want: '{"n":1}' },
    {
      title: 'in the one branch that is an object',
      property: { anyOf: [nested, { type: 'null' }] },
      given: { n: '7' },
      want: { n: 7 },
    },
    {
      title: 'null where it is allowed',
      property: { type: ['string', 'null'] },
      given: null,
      want: null,
    },
    { title: 'null where nothing is said', property: {}, given: null, want: null },
    {
      title: 'null for an optional one',
      property: { type: 'string' },
      given: null,
      want: undefined,
    },
    {
      title: 'int64 as text stays text',
      property: { type: ['integer', 'string'], format: 'int64' },
      given: '9007199254740993',
      want: '9007199254740993',
    },
    {
      title: 'any text, where int64 is one of two alternatives',
      property: { anyOf: [{ type: 'string' }, { type: ['integer', 'string'], format: 'int64' }] },
      given: 'north-1',
      want: 'north-1',
    },
    {
      title: 'digits, where text is an alternative to int64',
      property: { anyOf: [{ type: ['integer', 'string'], format: 'int64' }, { type: 'string' }] },
      given: '12',
      want: '12',
    },
  ];
  test.each(table)('$title', ({ property, given, want }) => {
    const value = read(withProperties({ a: property }), { a: given });
    expect(value).toEqual(want === undefined ? {} : { a: want });
  });

  const refused: { title: string; property: unknown; given: unknown; line: string }[] = [
    {
      title: 'text that is no JSON',
      property: { type: 'object' },
      given: '{n:1}',
      line: '- /a: is a string; expected object',
    },
    {
      title: 'text that is a number of another kind',
      property: { type: 'integer' },
      given: '1.5',
      line: '- /a: is a string; expected integer',
    },
    {
      title: 'S13 digits that a number cannot hold',
      property: { type: 'number' },
      given: '0.1234567890123456789',
      line: '- /a: is a string; expected number',
    },
    {
      title: 'S13 a number that was rounded, where text is allowed',
      property: { type: ['integer', 'string'], format: 'int64' },
      given: 9007199254740993,
      line: '- /a: is a whole number beyond ±9007199254740991 and was rounded; send it as a string',
    },
    {
      title: 'S13 text that is no whole number, where digits are meant',
      property: { type: ['integer', 'string'], format: 'int64' },
      given: '12.5',
      line: '- /a: is not a whole number; send an integer or its digits',
    },
    {
      title: 'S13 digits beyond a bound',
      property: { type: ['integer', 'string'], format: 'int64', maximum: 9007199254740991 },
      given: '9007199254740993',
      line: '- /a: must be at most 9007199254740991',
    },
    {
      title: 'S13 digits of a small number beyond a bound',
      property: { type: ['integer', 'string'], format: 'int64', minimum: 1 },
      given: '-5',
      line: '- /a: is -5; expected at least 1',
    },
    {
      title: 'S13 a number that was rounded, where text is not allowed',
      property: { type: 'integer' },
      given: 1e300,
      line: '- /a: is a whole number beyond ±9007199254740991 and was rounded; send a smaller one',
    },
  ];
  test.each(refused)('$title is refused', ({ property, given, line }) => {
    expect(read(withProperties({ a: property }), { a: given })).toEqual([line]);
  });

  test('a large number that is no identifier stays', () => {
    const schema = withProperties({ mass: { type: 'number' } });
    expect(read(schema, { mass: 5.97e24 })).toEqual({ mass: 5.97e24 });
  });
});

describe('S14 argument pollution', () => {
  const open = { type: 'object' };
  const table: { given: string; line: string }[] = [
    { given: '{"__proto__":{"a":1}}', line: '- /__proto__: this name is not allowed' },
    { given: '{"a":[{"constructor":1}]}', line: '- /a/0/constructor: this name is not allowed' },
    { given: '{"a":{"b":{"prototype":1}}}', line: '- /a/b/prototype: this name is not allowed' },
    {
      given: '{"deep":"{\\"__proto__\\":{}}"}',
      line: '- /deep/__proto__: this name is not allowed',
    },
  ];
  test.each(table)('$given', ({ given, line }) => {
    const schema = { ...open, properties: { deep: { type: 'object' } } };
    expect(read(schema, JSON.parse(given))).toEqual([line]);
  });

  test('what was read are ordinary objects', () => {
    const result = readArguments(toolWith(open), JSON.parse('{"a":{"b":1}}'));
    expect(result.ok && Object.getPrototypeOf(result.value['a'])).toBe(Object.prototype);
  });
});
