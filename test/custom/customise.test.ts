import { describe, expect, it } from 'vitest';
import type { CustomTool } from '../../src/blueprint/custom-tool.js';
import { customiseTools } from '../../src/blueprint/customise.js';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { makeTool } from '../support/blueprint.js';

const http = (method: string, path: string) =>
  ({ kind: 'http', source: 'shop', method, path }) as const;
const tools = [
  makeTool({
    name: 'getPet',
    annotations: { readOnlyHint: true },
    binding: http('GET', '/pets/{id}'),
  }),
  makeTool({ name: 'listPets', title: 'List', binding: http('GET', '/pets') }),
];
const generated = ['getPet', 'listPets', 'hiddenPet'];

function customise(custom: Record<string, CustomTool>, hooks?: string) {
  return customiseTools(tools, { custom, generated, file: 'mcp.yaml', hooks });
}

function errors(custom: Record<string, CustomTool>, hooks?: string) {
  try {
    customise(custom, hooks);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ code, message, origin, fix }) => ({
      code,
      message,
      path: origin?.path.join('.'),
      fix,
    }));
  }
  return [];
}

const own = (parts: Partial<CustomTool> = {}): CustomTool => ({
  description: 'd',
  input: { type: 'object' },
  handler: 'src/handlers/own.ts',
  ...parts,
});

describe('a generated tool', () => {
  it('stays as it is where nothing is said', () => {
    expect(customise({})).toEqual({ tools, orphans: [], findings: [] });
  });

  it('gets another name, texts and hints; the rest stays', () => {
    const { tools: changed } = customise({
      getPet: {
        name: 'fetchPet',
        title: 'T',
        description: 'D',
        annotations: { openWorldHint: true },
      },
    });
    expect(changed[0]).toEqual({
      ...tools[0],
      name: 'fetchPet',
      generatedName: 'getPet',
      title: 'T',
      description: 'D',
      annotations: { readOnlyHint: true, openWorldHint: true },
    });
    expect(changed[1]).toEqual(tools[1]);
  });

  it('runs a handler, and keeps the request that it stands in for', () => {
    const { tools: changed } = customise({ listPets: { handler: 'src/handlers/list.ts' } });
    expect(changed[1]?.binding).toEqual({
      kind: 'handler',
      module: 'src/handlers/list.ts',
      inPlaceOf: http('GET', '/pets'),
    });
    expect(JSON.parse(JSON.stringify(changed))).toEqual(changed);
  });

  it('can swap names with another one', () => {
    const swapped = customise({ getPet: { name: 'listPets' }, listPets: { name: 'getPet' } });
    expect(swapped.tools.map(({ name }) => name)).toEqual(['listPets', 'getPet']);
  });
});

describe('a tool written by hand', () => {
  it('is strict about arguments unless it says otherwise', () => {
    const [, , tool] = customise({ quote: own({ output: { type: 'object' }, title: 'Q' }) }).tools;
    expect(tool).toMatchObject({
      name: 'quote',
      title: 'Q',
      description: 'd',
      inputSchema: { type: 'object', properties: {}, additionalProperties: false },
      outputSchema: { type: 'object' },
      binding: { kind: 'handler', module: 'src/handlers/own.ts' },
      example: {},
      origin: { file: 'mcp.yaml', path: ['tools', 'quote'] },
    });
    const open = own({ input: { type: 'object', additionalProperties: true } });
    expect(customise({ open }).tools[2]?.inputSchema['additionalProperties']).toBe(true);
  });

  it('gives a result that is no object under `result`', () => {
    const output = {
      type: 'array',
      items: { $ref: '#/$defs/A' },
      $defs: { A: { type: 'string' } },
    };
    const [, , tool] = customise({ quote: own({ output }) }).tools;
    expect(tool?.outputSchema).toEqual({
      type: 'object',
      properties: { result: { type: 'array', items: { $ref: '#/$defs/A' } } },
      required: ['result'],
      $defs: { A: { type: 'string' } },
    });
    expect(tool?.resultType).toEqual(output);
  });

  it('is not there when it is hidden, but its handler is known', () => {
    expect(customise({ quote: own({ hidden: true }) })).toEqual({
      tools,
      orphans: [{ tool: 'quote', module: 'src/handlers/own.ts' }],
      findings: [],
    });
  });

  const bad: [string, CustomTool, string, string][] = [
    ['type', own({ input: {} }), 'tools.x.input', 'the root must have type: object'],
    [
      'combinator',
      own({ input: { type: 'object', anyOf: [{}] } }),
      'tools.x.input.anyOf',
      'anyOf cannot stand at the root',
    ],
    [
      'reference',
      own({ input: { type: 'object', properties: { a: { $ref: '#/$defs/A' } } } }),
      'tools.x.input.properties.a',
      '$ref "#/$defs/A" does not point into its own $defs',
    ],
    [
      'name',
      own({ input: { type: 'object', properties: { 'a b': {} } } }),
      'tools.x.input.properties.a b',
      '"a b" cannot be the name of an argument',
    ],
    [
      'pattern',
      own({ input: { type: 'object', properties: { a: { type: 'string', pattern: '(' } } } }),
      'tools.x.input.properties.a',
      'pattern is not a regular expression',
    ],
    [
      'OpenAPI keyword',
      own({ input: { type: 'object', properties: { a: { type: 'string', nullable: true } } } }),
      'tools.x.input.properties.a',
      'nullable is not a keyword of JSON Schema 2020-12',
    ],
    [
      'unknown type',
      own({ output: { type: 'object', properties: { a: { type: 'float' } } } }),
      'tools.x.output.properties.a',
      '"float" is not a type',
    ],
    [
      'bare schema',
      own({ input: { type: 'object', properties: { a: true as never } } }),
      'tools.x.input.properties.a',
      'a schema must be an object',
    ],
  ];
  it('combinators at the root of an input that is said to have them are kept', () => {
    const either = { anyOf: [{ required: ['a'] }, { required: ['b'] }], if: { required: ['a'] } };
    const input = { type: 'object', properties: { a: {}, b: {} }, ...either };
    const { tools: made } = customise({ x: own({ combinedInput: true, input }) });
    expect(made.find(({ name }) => name === 'x')).toMatchObject({
      inputSchema: { ...input, additionalProperties: false },
    });
    // {} would be an example of the arguments by themselves.
    expect(made.find(({ name }) => name === 'x')).not.toHaveProperty('example');
    const simple = customise({ x: own({ combinedInput: true, input: { ...input, anyOf: [{}] } }) });
    expect(simple.tools.find(({ name }) => name === 'x')?.example).toEqual({});
    const rest = { type: 'object', $ref: '#/$defs/a', enum: [1], $defs: { a: {} } };
    expect(
      errors({ x: own({ combinedInput: true, input: rest }) }).map(({ path }) => path),
    ).toEqual(['tools.x.input.enum', 'tools.x.input.$ref']);
  });

  it.each(bad)('a schema that clients would refuse: %s', (_, x, path, why) => {
    expect(errors({ x })).toEqual([
      {
        code: 'MCP706',
        message: `clients would refuse the schema of x: ${why}`,
        path,
        fix: 'correct the schema at the marked place',
      },
    ]);
  });
});

describe('what the inputs no longer have', () => {
  const cases: [string, Record<string, CustomTool>, string, string | undefined, string[]][] = [
    [
      'with a handler',
      { removePet: { handler: 'src/handlers/remove-pet.ts' } },
      'removePet is overridden in mcp.yaml, but the input no longer has it; src/handlers/remove-pet.ts is kept',
      'when you no longer need src/handlers/remove-pet.ts, delete it, and tools.removePet in mcp.yaml',
      ['src/handlers/remove-pet.ts'],
    ],
    [
      'with a name alone',
      { removePet: { name: 'x' } },
      'removePet is changed in mcp.yaml, but the input no longer has it',
      'remove tools.removePet from mcp.yaml',
      [],
    ],
    [
      'a typing error',
      { listPet: { hidden: true } },
      'listPet is changed in mcp.yaml, but the input no longer has it',
      'did you mean "listPets"?',
      [],
    ],
  ];
  it.each(cases)('%s: a warning at its place', (_, custom, message, fix, modules) => {
    const { findings, orphans, tools: same } = customise(custom);
    expect(findings).toEqual([
      {
        code: 'MCP703',
        severity: 'warning',
        message,
        fix,
        origin: { file: 'mcp.yaml', path: ['tools', Object.keys(custom)[0]] },
      },
    ]);
    expect(orphans.map(({ module }) => module)).toEqual(modules);
    expect(same).toEqual(tools);
  });

  it('a hidden tool is there, and its handler is kept without a word', () => {
    const custom = { hiddenPet: { hidden: true, handler: 'src/handlers/h.ts' } };
    expect(customise(custom)).toMatchObject({
      findings: [],
      orphans: [{ tool: 'hiddenPet', module: 'src/handlers/h.ts' }],
    });
  });
});

describe('clashes name both sides and a way out', () => {
  it.each([
    [
      'a rename and a generated tool',
      { getPet: { name: 'ListPets' } },
      'two tools would be named listPets: getPet, renamed (GET /pets/{id}) and listPets (GET /pets)',
      'tools.getPet.name',
      'give one of them another name: tools.getPet.name in mcp.yaml',
    ],
    [
      'two renames',
      { getPet: { name: 'x' }, listPets: { name: 'x' } },
      'two tools would be named x: getPet, renamed (GET /pets/{id}) and listPets, renamed (GET /pets)',
      'tools.listPets.name',
      'give one of them another name: tools.listPets.name in mcp.yaml',
    ],
    [
      'a new tool and a rename',
      { getPet: { name: 'x' }, x: own() },
      'two tools would be named x: getPet, renamed (GET /pets/{id}) and x (src/handlers/own.ts)',
      'tools.getPet.name',
      'give one of them another name: tools.getPet.name in mcp.yaml',
    ],
  ])('%s', (_, custom, message, path, fix) => {
    expect(errors(custom)).toEqual([{ code: 'MCP704', message, path, fix }]);
  });

  it('a new tool under the name of a generated one', () => {
    expect(errors({ listPets: own() })).toEqual([
      {
        code: 'MCP705',
        message:
          'tools.listPets has an input of its own, but there is a generated tool of that name (GET /pets)',
        path: 'tools.listPets.input',
        fix: 'remove "input" and "output" to override the generated tool, or choose another key',
      },
    ]);
  });

  it.each([
    ['two tools', { a: own(), b: own() }, undefined, 'tools.a.handler and tools.b.handler'],
    ['hooks and a tool', { a: own() }, 'src/handlers/OWN.ts', 'hooks and tools.a.handler'],
  ])('one file for %s', (_, custom, hooks, sides) => {
    expect(errors(custom, hooks)[0]).toMatchObject({
      code: 'MCP707',
      message: `${sides} name the same file, src/handlers/own.ts`,
    });
  });
});
