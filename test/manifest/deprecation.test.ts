import { expect, it } from 'vitest';
import { compareSurfaces } from '../../src/blueprint/compare.js';
import { toolList } from '../../src/blueprint/surface.js';
import { read, refusal } from './support.js';

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

const STEPS = `visit: { description: Visits., input: { type: object }, steps: [{ call: listPets }] }`;

it('what is made of a deprecated tool is told, with its successor', async () => {
  const { findings } = await read(`name: shop
sources: { petstore: { openapi: specs/petstore.yaml, include: [listPets, getPet] } }
tools: { listPets: { deprecated: { successor: getPet } }, getPet: { deprecated: true }, ${STEPS} }
resources:
  pet: { uri: "shop://{petId}", tool: getPet, complete: { petId: { tool: listPets, path: "items[].id" } } }
prompts: { ask: { messages: [{ tool: listPets }] } }
`);
  const told = findings.filter(({ code }) => code === 'MCP734');
  expect(told.map(({ message, fix }) => [message, fix])).toEqual([
    [
      'tools.visit calls listPets, which is deprecated',
      'call getPet, which it names as its successor',
    ],
    ['resources.pet calls getPet, which is deprecated', 'call a tool that stays'],
    [
      'resources.pet calls listPets, which is deprecated',
      'call getPet, which it names as its successor',
    ],
    [
      'prompts.ask calls listPets, which is deprecated',
      'call getPet, which it names as its successor',
    ],
  ]);
});

it('what is deprecated itself may be made of such', async () => {
  const { findings } = await read(`name: shop
sources: { petstore: { openapi: specs/petstore.yaml, include: [listPets, getPet] } }
tools: { listPets: { deprecated: true }, ${STEPS.replace('steps:', 'deprecated: true, steps:')} }
`);
  expect(findings.map(({ code }) => code)).not.toContain('MCP734');
});

it.each([
  ['hidden, and called by another', `getPet: { hidden: true }`, ''],
  ['a resource', `getPet: { as: resource }`, ''],
  ['a resource by a pattern', '', 'expose: { resources: [get*] }'],
])('a successor must be a tool that callers have: %s', async (_, tools, expose) => {
  const text = `name: shop
sources: { petstore: { openapi: specs/petstore.yaml, include: [listPets, getPet] } }
tools:
  listPets: { deprecated: { successor: getPet } }
  ${tools}
resources: { pet: { uri: "shop://{petId}", tool: getPet } }
${expose}
`;
  expect(await refusal(text)).toContain(
    'mcp.yaml:4:29  error  MCP726  tools.listPets.deprecated names getPet as successor, and callers do not have that tool\n',
  );
});

it.each([
  ['late: { description: Later, tools: [getPet], enabled: false }', 1],
  ['late: { description: Later, tools: [getPet, listPets], enabled: false }', 0],
  ['late: { description: Later, tools: [getPet] }', 0],
])('a successor that is off is told: %s', async (toolset, count) => {
  const { findings } = await read(`name: shop
sources: { petstore: { openapi: specs/petstore.yaml, include: [listPets, getPet] } }
tools: { listPets: { deprecated: { successor: getPet } } }
toolsets: { ${toolset} }
`);
  const told = findings.filter(({ code }) => code === 'MCP735').map(({ message }) => message);
  expect(told).toEqual(
    Array(count).fill(
      'listPets says that getPet is to be used instead, which is off: it belongs to late',
    ),
  );
});

it('other words besides are a change of the description', async () => {
  const before = await surface('');
  const after = await surface('listPets: { deprecated: true, description: Other. }');
  expect(shown(compareSurfaces(before, after))).toEqual([
    ['risky', 'description-changed', 'listPets', 'the description changed'],
  ]);
});
