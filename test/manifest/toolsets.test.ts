import { describe, expect, test } from 'vitest';
import { compareSurfaces } from '../../src/blueprint/compare.js';
import { toolList } from '../../src/blueprint/surface.js';
import { read, refusal } from './support.js';

const HEAD = `name: shop
sources: { petstore: { openapi: specs/petstore.yaml } }
`;

describe('toolsets of a manifest', () => {
  test('hold the tools that their names and patterns mean, under the names that callers see', async () => {
    const { toolsets, tools } = await read(`${HEAD}
tools: { removePet: { name: remove_pet } }
toolsets:
  admin: { description: Changes things, tools: ["add*", remove_pet, remove_pet], enabled: false }
  reading: { description: Reads things, tools: [listPets] }
`);
    expect(tools.map(({ name }) => name)).toContain('remove_pet');
    expect(toolsets).toEqual([
      {
        name: 'admin',
        description: 'Changes things',
        enabled: false,
        tools: [
          ...tools.map(({ name }) => name).filter((name) => name.startsWith('add')),
          'remove_pet',
        ],
      },
      { name: 'reading', description: 'Reads things', enabled: true, tools: ['listPets'] },
    ]);
  });

  test('a name that no tool has is an error at its place', async () => {
    const said = await refusal(`${HEAD}
toolsets:
  admin: { description: Changes things, tools: [listPet, "drop_*"], enabled: false }
`);
    expect(said).toContain(
      'mcp.yaml:5:49  error  MCP770  toolset admin names listPet, but callers see no such tool',
    );
    expect(said).toContain('fix  did you mean "listPets"?');
    expect(said).toContain('toolset admin names drop_*, but callers see no such tool');
  });

  test('a hidden tool is none that callers see', async () => {
    const said = await refusal(`${HEAD}
tools: { listPets: { hidden: true } }
toolsets: { reading: { description: Reads, tools: [listPets] } }
`);
    expect(said).toContain('toolset reading names listPets');
  });

  test('a tool that is named like the one that switches is an error', async () => {
    const manifest = `${HEAD}tools: { listPets: { name: Toolsets } }\n`;
    const said = await refusal(
      `${manifest}toolsets: { reading: { description: Reads, tools: [Toolsets] } }\n`,
    );
    expect(said).toContain('MCP771  a tool is named Toolsets');
    expect(said).toContain('fix  give it another name: tools.listPets.name in mcp.yaml');
    expect((await read(manifest)).toolsets).toBeUndefined();
  });

  test('wrong keys and names are told', async () => {
    expect(
      await refusal(`${HEAD}toolsets: { reading: { description: Reads, tool: [listPets] } }\n`),
    ).toContain('did you mean "tools"?');
    expect(
      await refusal(`${HEAD}toolsets: { all: { description: Reads, tools: [listPets] } }\n`),
    ).toContain('must not be all or none');
  });
});

describe('the surface', () => {
  const surface = async (sets: string) => toolList(await read(`${HEAD}${sets}`));
  const set = (name: string, enabled: boolean) =>
    `toolsets: { ${name}: { description: Reads, tools: [listPets], enabled: ${enabled} } }\n`;

  test('knows which tools wait for a set', async () => {
    const off = await surface(set('reading', false));
    expect(off.find(({ name }) => name === 'listPets')?.off).toEqual(['reading']);
    const on = await surface(set('reading', true));
    expect(on.every((tool) => !('off' in tool))).toBe(true);
  });

  test.each([
    ['', set('reading', false), 'tool-switched-off', 'breaking'],
    [set('reading', true), set('reading', false), 'tool-switched-off', 'breaking'],
    [set('reading', false), '', 'tool-switched-on', 'safe'],
    [set('reading', false), set('books', false), 'toolset-moved', 'risky'],
  ])('from %o to %o: %s', async (before, after, code, kind) => {
    const changes = compareSurfaces(await surface(before), await surface(after));
    expect(changes).toMatchObject([{ tool: 'listPets', code, class: kind }]);
  });
});
