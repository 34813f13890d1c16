import { expect, it } from 'vitest';
import { read, refusal } from './support.js';

const head = `name: shop
sources:
  petstore: { openapi: specs/petstore.yaml }
`;

it('resources: texts, files, results of tools; variables become arguments', async () => {
  const { resources } = await read(`${head}
resources:
  guide: { file: docs/guide.md, title: Guide }
  hello: { uri: "hello://{who}", text: "Hello \${args.who}!", complete: { who: [Ada, Bob] } }
  pet:
    uri: shop://pets/{petId}
    tool: getPet
    mimeType: application/json
    complete: { petId: { tool: listPets, with: { limit: 50 }, path: "items[].id" } }
`);
  expect(resources.map(({ origin: _, ...shown }) => shown)).toEqual([
    {
      name: 'guide',
      title: 'Guide',
      mimeType: 'text/markdown',
      uri: 'resource://guide',
      content: { file: 'docs/guide.md' },
    },
    {
      name: 'hello',
      uri: 'hello://{who}',
      content: { text: { text: [{ value: 'Hello ' }, { ref: ['args', 'who'] }, { value: '!' }] } },
      complete: { who: { values: ['Ada', 'Bob'] } },
    },
    {
      name: 'pet',
      uri: 'shop://pets/{petId}',
      mimeType: 'application/json',
      content: { tool: 'getPet', with: { petId: { ref: ['args', 'petId'] } } },
      complete: {
        petId: { tool: 'listPets', with: { limit: { value: 50 } }, path: ['items', '[]', 'id'] },
      },
    },
  ]);
});

it('prompts: arguments, texts, embedded resources', async () => {
  const { prompts } = await read(`${head}
resources: { guide: { text: Be kind. } }
prompts:
  greet:
    description: Greets somebody.
    arguments: { who: { required: true, description: Name., complete: [Ada] } }
    messages:
      - text: Greet \${args.who}.
      - { role: assistant, text: Gladly. }
      - resource: resource://guide
`);
  expect(prompts.map(({ origin: _, ...shown }) => shown)).toEqual([
    {
      name: 'greet',
      description: 'Greets somebody.',
      arguments: [{ name: 'who', description: 'Name.', required: true }],
      messages: [
        {
          role: 'user',
          text: { text: [{ value: 'Greet ' }, { ref: ['args', 'who'] }, { value: '.' }] },
        },
        { role: 'assistant', text: { value: 'Gladly.' } },
        { role: 'user', resource: { value: 'resource://guide' } },
      ],
      complete: { who: { values: ['Ada'] } },
    },
  ]);
});

it('prompts: results of tools that only read, hidden ones too', async () => {
  const asking = `${head}
tools:
  removePet: { hidden: true }
  getPet: { hidden: true }
prompts:
  about:
    arguments: { id: { required: true } }
    messages:
      - { tool: getPet, with: { petId: "\${args.id}" } }
`;
  const { prompts, tools } = await read(asking);
  expect(prompts[0]?.messages).toEqual([
    { role: 'user', tool: 'getPet', with: { petId: { ref: ['args', 'id'] } } },
  ]);
  expect(tools.find(({ name }) => name === 'getPet')?.unlisted).toBe(true);

  const said = (from: string, to: string) => refusal(asking.replace(from, to));
  expect(await said('tool: getPet', 'tool: getPets')).toContain(
    'calls getPets, and there is no tool of that name',
  );
  expect(await said('tool: getPet', 'tool: addPet')).toContain(
    'names addPet, which may change something',
  );
  expect(await said('{ petId: "${args.id}" }', '{}')).toContain('MCP714');
  expect(await said('tool: getPet, ', 'text: Hello, ')).toContain('with needs a tool');
  expect(await said('tool: getPet', 'text: Hello, tool: getPet')).toContain(
    'it must have one of text, resource and tool',
  );
});

it('operations that only read are resources instead of tools, by name and by pattern', async () => {
  const { tools, resources } = await read(`${head}
expose: { resources: ["get*", "*Pet"] }
tools: { listPets: { as: resource }, "*Photo": { as: resource } }
`);
  const unlisted = tools.filter((tool) => tool.unlisted).map(({ name }) => name);
  expect(unlisted.sort()).toEqual([
    'getInventory',
    'getOrder',
    'getPet',
    'getPetPhoto',
    'listPets',
  ]);
  expect(resources.find(({ name }) => name === 'getPet')).toMatchObject({
    uri: 'petstore://getPet/{petId}',
    content: { tool: 'getPet', with: { petId: { ref: ['args', 'petId'] } } },
  });
  expect(resources.find(({ name }) => name === 'listPets')?.uri).toMatch(
    /^petstore:\/\/listPets\{\?[a-z,A-Z_]*limit/,
  );
});

it.each([
  [
    'resources: { a: { text: x, file: y } }',
    'MCP701  resources.a in the manifest cannot be used: it must have one of text, file and tool',
  ],
  ['resources: { a: { file: ../secret } }', 'must be a file below the project'],
  ['resources: { a: { file: .env } }', 'must be a file below the project'],
  [
    'resources: { a: { tool: getPett, uri: "x://{petId}" } }',
    'MCP711  resources.a.tool calls getPett',
  ],
  [
    'resources: { a: { tool: addPet } }',
    'MCP721  resources.a.tool names addPet, which may change something',
  ],
  [
    'resources: { a: { tool: getPet } }',
    'MCP714  resources.a does not give petId, which getPet needs',
  ],
  ['resources: { a: { text: "${args.x}" } }', 'MCP712  resources.a.text refers to args'],
  [
    'resources: { a: { text: x, complete: { b: [c] } } }',
    'MCP722  resources.a.complete.b completes b',
  ],
  [
    'resources: { a: { uri: "x://{p}", text: x, complete: { p: { tool: listPets, path: "items[].nme" } } } }',
    'MCP712  resources.a.complete.p.path refers to nme',
  ],
  [
    'resources: { a: { uri: "x://a", text: x }, b: { uri: "x://a", text: y } }',
    'MCP724  resources.b has the URI x://a, as resources.a has',
  ],
  ['resources: { a: { txt: x } }', 'MCP702  "txt" is not a key of resources.a'],
  [
    'prompts: { p: { messages: [{ text: "${args.n}" }] } }',
    'MCP712  prompts.p.messages[0].text refers to args',
  ],
  [
    'prompts: { p: { messages: [{ resource: "x://y" }] } }',
    'MCP723  prompts.p.messages[0].resource names x://y',
  ],
  ['prompts: { p: { mesages: [] } }', '"mesages" is not a key of prompts.p'],
  ['tools: { addPet: { as: resource } }', 'MCP721  tools.addPet.as names addPet'],
  [
    'tools: { listPets: { deprecated: { successor: findPet } } }',
    'MCP726  tools.listPets.deprecated names findPet as successor',
  ],
  [
    'tools: { "list*": { name: x } }',
    'a pattern can only have hidden, annotations, descriptionPrefix, deprecated, as',
  ],
])('%s is refused', async (text, why) => {
  expect(await refusal(`${head}${text}\n`)).toContain(why);
});

it('patterns: a later one wins, the exact name over all; one that fits nothing is told', async () => {
  const { tools, findings } = await read(`${head}
tools:
  "*": { descriptionPrefix: "[shop] " }
  "get*": { annotations: { openWorldHint: false }, descriptionPrefix: "[read] " }
  getPet: { descriptionPrefix: "[one] " }
  "remove*": { hidden: true }
  "gone*": { hidden: true }
`);
  const named = (name: string) => tools.find((tool) => tool.name === name);
  expect(named('addPet')?.description).toMatch(/^\[shop\] /);
  expect(named('getOrder')?.description).toMatch(/^\[read\] /);
  expect(named('getPet')?.description).toMatch(/^\[one\] /);
  expect(named('getPet')?.annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
  expect(named('removePet')).toBeUndefined();
  expect(findings.filter(({ code }) => code === 'MCP709').map(({ message }) => message)).toEqual([
    'no generated tool has a name like gone*',
  ]);
});

it('a tool of the user has its prefix, too', async () => {
  const { tools } = await read(`${head}
tools:
  own:
    description: Counts.
    descriptionPrefix: "[ours] "
    input: { type: object }
    handler: src/handlers/own.ts
`);
  expect(tools.find(({ name }) => name === 'own')?.description).toBe('[ours] Counts.');
});

it('deprecation is said first; hidden tools stay for steps', async () => {
  const { tools } = await read(`${head}
tools:
  listOrders: { deprecated: { successor: getOrder, message: Gone in May } }
  listPets: { hidden: true }
  census:
    description: Counts.
    input: { type: object }
    steps: [{ call: listPets }]
`);
  const named = (name: string) => tools.find((tool) => tool.name === name);
  expect(named('listOrders')?.description).toMatch(
    /^Deprecated: use getOrder instead\. Gone in May\. /,
  );
  expect(named('listPets')?.unlisted).toBe(true);
  expect(named('census')?.annotations).toEqual({ readOnlyHint: true, openWorldHint: true });
});
