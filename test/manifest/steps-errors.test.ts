import { expect, it } from 'vitest';
import { refusal } from './support.js';

const head = `name: shop
sources:
  petstore: { openapi: specs/petstore.yaml }
tools:
`;

const tool = (lines: string, name = 'census') => `  ${name}:
    description: Counts pets.
    input: { type: object, properties: { kind: { type: string }, few: { type: boolean } } }
    steps:
${lines
  .trim()
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
`;

it('an unknown tool, with its place and what was meant', async () => {
  expect(await refusal(head + tool('- call: listPet'))).toBe(
    [
      'mcp.yaml:9:9  error  MCP711  tools.census.steps[0].call calls listPet, and there is no tool of that name',
      '  7 |     input: { type: object, properties: { kind: { type: string }, few: { type: boolean } }…',
      '  8 |     steps:',
      '> 9 |       - call: listPet',
      '    |               ^^^^^^^',
      'fix  did you mean "listPets"?',
    ].join('\n'),
  );
});

it.each([
  [
    'a circle',
    tool('- call: second') + tool('- { call: census }', 'second'),
    ['MCP715  tools made of steps call each other in a circle: census → second → census'],
  ],
  [
    'an unknown argument of the tool',
    tool('- { call: listPets, with: { limt: 3 } }'),
    [
      'MCP714  tools.census.steps[0].with.limt gives limt, which listPets does not take',
      'did you mean "limit"?',
    ],
  ],
  [
    'a required argument that is missing',
    tool('- { call: getPet }'),
    [
      '9:9  error  MCP714  tools.census.steps[0] does not give petId, which getPet needs',
      'add "petId" to "with"',
    ],
  ],
  [
    'a constant of the wrong type',
    tool('- { call: listPets, with: { limit: many } }'),
    ['MCP713  tools.census.steps[0].with.limit has the wrong type: '],
  ],
  [
    'a reference of the wrong type',
    tool("- { call: listPets, with: { limit: '${args.kind}' } }"),
    ['tools.census.steps[0].with.limit has the wrong type: it is text, but takes a number'],
  ],
  [
    'an argument that is not there',
    tool("- { call: getPet, with: { petId: '${args.pet}' } }"),
    [
      'MCP712  tools.census.steps[0].with.petId refers to args.pet, but args has no pet: there is kind, few',
    ],
  ],
  [
    'a field that the result does not have',
    tool(
      "- { call: listPets }\n- { call: getPet, with: { petId: '${steps.listPets.items[0].ident}' } }",
    ),
    [
      'refers to steps.listPets.items[0].ident, but steps.listPets.items[0] has no ident: there is id, name',
    ],
  ],
  [
    'a step that is not there',
    tool("- { call: listPets }\n- { call: getPet, with: { petId: '${steps.listPet.x}' } }"),
    [
      'refers to steps.listPet, but no step before is called listPet: there is listPets',
      'did you mean "listPets"?',
    ],
  ],
  [
    'a step that runs later',
    tool(
      "- { call: getPet, with: { petId: '${steps.listPets.items[0].id}' } }\n- { call: listPets }",
    ),
    ['refers to steps.listPets, but that step runs later'],
  ],
  [
    'an item outside of its loop',
    tool("- { call: getPet, with: { petId: '${item.id}' } }"),
    ['refers to item, but there is nothing called item: there is args, steps'],
  ],
  [
    'a list that is none',
    tool('- { call: getPet, forEach: args.kind, with: { petId: 1 } }'),
    ['tools.census.steps[0].forEach has the wrong type: it is text, but takes a list'],
  ],
  [
    'a condition that is none',
    tool('- { call: listPets, when: args.kind }'),
    ['tools.census.steps[0].when has the wrong type: it is text, and a condition is true or false'],
  ],
  [
    'a comparison that is never true',
    tool('- { call: listPets, when: args.few == 3 }'),
    ['has the wrong type: true or false and a number are never alike for "=="'],
  ],
  [
    'a condition that never holds',
    tool('- { call: listPets, when: false }'),
    ['MCP716  tools.census.steps[0] is never run: its condition is always false'],
  ],
  [
    'a list that is empty',
    tool('- { call: listPets, forEach: [] }'),
    ['is never run: its list is always empty'],
  ],
  [
    'two steps of one name',
    tool('- { call: listPets }\n- { call: listPets }'),
    ['MCP717  tools.census.steps[1]: two steps are called listPets'],
  ],
  [
    'an expression that cannot be read',
    tool("- { call: listPets, when: 'args.few and' }"),
    [
      'MCP710  tools.census.steps[0].when cannot be read: in "args.few and", a value is missing before the end',
    ],
  ],
  [
    'a function that there is not',
    tool("- { call: listPets, with: { species: '${lenght(args.kind)}' } }"),
    ['there is no function lenght, only length, json, number; did you mean length?'],
  ],
  [
    'an unknown key of a step',
    tool('- { call: listPets, wiht: { limit: 3 } }'),
    ['MCP702  "wiht" is not a key of tools.census.steps.0', 'did you mean "with"?'],
  ],
  [
    'a result that is not what the output says',
    `${tool('- { call: listPets }')}    output: { type: object, properties: { count: { type: string } } }
    result: { count: '\${length(steps.listPets.items)}' }
`,
    ['MCP713  tools.census.result has the wrong type: count: it is a number, but takes text'],
  ],
])('%s', async (_, text, wanted) => {
  const said = await refusal(head + text);
  for (const words of wanted) expect(said).toContain(words);
  expect(said).toMatch(/^mcp\.yaml:\d+:\d+ {2}error/);
});
