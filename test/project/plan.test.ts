import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { toolList } from '../../src/blueprint/surface.js';
import type { Blueprint } from '../../src/blueprint/types.js';
import { planProject } from '../../src/project/plan.js';
import { TEMPLATES } from '../../src/project/templates.js';
import { largeBlueprint, planOptions, smallBlueprint } from '../support/blueprint.js';
import { renderBlueprint, textOf } from '../support/render.js';

const paths = (blueprint: Blueprint, folder: string) =>
  planProject(blueprint, planOptions)
    .map(({ path }) => path)
    .filter((path) => path.startsWith(folder));

const FORMAT = { printWidth: 100, singleQuote: true, trailingComma: 'all' } as const;

describe('planProject', () => {
  it('gives a few tools a file each', () => {
    expect(paths(smallBlueprint(), 'src/generated/')).toEqual([
      'src/generated/backends.ts',
      'src/generated/server.ts',
      'src/generated/sources.ts',
      'src/generated/tools/add-pet.ts',
      'src/generated/tools/delete.ts',
      'src/generated/tools/get-pet.ts',
      'src/generated/tools/index.ts',
      'src/generated/tools/list-pets.ts',
      'src/generated/tools/ping.ts',
      'src/generated/tools/upload-photo.ts',
      'src/generated/types/add-pet.ts',
      'src/generated/types/delete.ts',
      'src/generated/types/get-pet.ts',
      'src/generated/types/list-pets.ts',
      'src/generated/types/ping.ts',
      'src/generated/types/schemas.ts',
      'src/generated/types/upload-photo.ts',
    ]);
  });

  it('puts many tools into files by group, none with more than 40', () => {
    expect(paths(largeBlueprint(25), 'src/generated/tools/')).toEqual([
      'src/generated/tools/index.ts',
      'src/generated/tools/other-things.ts',
      'src/generated/tools/pets-more.ts',
    ]);
    expect(paths(largeBlueprint(300), 'src/generated/tools/')).toEqual([
      'src/generated/tools/index.ts',
      'src/generated/tools/other-things-2.ts',
      'src/generated/tools/other-things-3.ts',
      'src/generated/tools/other-things-4.ts',
      'src/generated/tools/other-things-5.ts',
      'src/generated/tools/other-things.ts',
      'src/generated/tools/pets-more-2.ts',
      'src/generated/tools/pets-more-3.ts',
      'src/generated/tools/pets-more.ts',
    ]);
  });

  it('gives no file of tools the name of a file of schemas', () => {
    const names = Array.from({ length: 130 }, (_, at) => `${'AB'[at % 2]}${at}`);
    const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object' }]));
    const { sources, tools, ...rest } = largeBlueprint(25);
    const blueprint = {
      ...rest,
      sources: sources.map((source) => ({ ...source, schemas })),
      tools: tools.map((tool) => ({
        ...tool,
        argumentsType: { type: 'object', properties },
        group: tool.group === 'other things' ? tool.group : 'Schemas A',
      })),
    } as Blueprint;
    expect(paths(blueprint, 'src/generated/types/')).toEqual([
      'src/generated/types/other-things.ts',
      'src/generated/types/schemas-a-2.ts',
      'src/generated/types/schemas-a.ts',
      'src/generated/types/schemas-b.ts',
    ]);
  });

  it('groups by the first word of the name where the groups are tiny', () => {
    const blueprint = largeBlueprint(30);
    const names = [
      'send_text',
      'send_file',
      'send_photo',
      'get_me',
      'get_chat',
      'get_file',
      'close',
    ];
    const tools = blueprint.tools.map((tool, index) => {
      const name = names[index] ?? `set_${index}`;
      return { ...tool, name, group: `/${name}` };
    });
    expect(paths({ ...blueprint, tools }, 'src/generated/tools/')).toEqual([
      'src/generated/tools/get.ts',
      'src/generated/tools/index.ts',
      'src/generated/tools/other.ts',
      'src/generated/tools/send.ts',
      'src/generated/tools/set.ts',
    ]);
  });

  it('says who files belong to', () => {
    const owners = Object.fromEntries(
      planProject(smallBlueprint(), planOptions).map(({ path, owner }) => [path, owner]),
    );
    expect(owners).toMatchObject({
      'mcp.yaml': 'user',
      'specs/shop.yaml': 'user',
      'package.json': 'merged',
      'package-lock.json': 'seed',
      'README.md': 'seed',
      '.env.example': 'seed',
      '.mcp.json': 'seed',
      'SETTINGS.md': 'managed',
      'TOOLS.md': 'managed',
      'mcp.tools.json': 'managed',
      'src/main.ts': 'managed',
      'src/runtime/start.ts': 'managed',
      'test/generated/requests.test.ts': 'managed',
    });
  });

  it('has each path once, sorted', () => {
    const all = paths(smallBlueprint(), '');
    expect(all).toEqual([...new Set(all)].sort());
  });
});

describe('the rendered project', () => {
  it('is formatted as prettier leaves it', async () => {
    const files = await renderBlueprint(smallBlueprint());
    let checked = 0;
    for (const { path, text, owner } of files.values()) {
      if (owner === 'user' || !/\.(?:ts|json)$/.test(path)) continue;
      const parser = path.endsWith('.ts')
        ? 'babel-ts'
        : /package(?:-lock)?\.json$/.test(path)
          ? 'json-stringify'
          : 'json';
      expect([path, await format(text, { ...FORMAT, parser })]).toEqual([path, text]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(60);
  });

  it('G12 is the same bytes whatever order the input had', async () => {
    const blueprint = smallBlueprint();
    const shuffled = { ...blueprint, tools: [...blueprint.tools].reverse() };
    expect(await renderBlueprint(shuffled)).toEqual(await renderBlueprint(blueprint));
  });

  it('G12 also where names have to be told apart', async () => {
    const blueprint = smallBlueprint();
    const [first] = blueprint.tools;
    const tools = ['get_dog', 'getDog', 'GetDog', 'get-dog'].map((name) => ({ ...first!, name }));
    const forth = await renderBlueprint({ ...blueprint, tools });
    const back = await renderBlueprint({ ...blueprint, tools: tools.toReversed() });
    expect(back).toEqual(forth);
  });

  it('shows a tool with its purpose, arguments and request', async () => {
    const files = await renderBlueprint(smallBlueprint());
    expect(textOf(files, 'src/generated/tools/get-pet.ts'))
      .toBe(`import { defineHttpTool } from '../../runtime/http/http-tool.js';
import type { GetPetArguments, GetPetResult } from '../types/get-pet.js';

/** GET /pets/{petId} */
export const getPet = defineHttpTool<GetPetArguments, GetPetResult>({
  name: 'get_pet',
  description: 'Does get_pet.',
  inputSchema: {
    type: 'object',
    properties: { petId: { type: 'integer', description: 'Number of the pet.' } },
    required: ['petId'],
    additionalProperties: false,
  },
  request: {
    source: 'shop',
    method: 'GET',
    path: '/pets/{petId}',
    parameters: [{ argument: 'petId', in: 'path' }],
    security: [{ login: [] }, {}],
  },
});
`);
    expect(textOf(files, 'src/generated/types/get-pet.ts'))
      .toBe(`import type { Pet } from './schemas.js';

export type GetPetArguments = {
  /** Number of the pet. */
  petId: number;
};

export type GetPetResult = Pet;
`);
    expect(textOf(files, 'src/generated/types/schemas.ts')).toBe(`/** An animal for sale. */
export type Pet = {
  id: number | string;
  /** What it answers to. */
  name: string;
  status?: 'available' | 'sold';
  parent?: Pet;
  tags?: (Tag | null)[];
};

export type Tag = string | number;
`);
  });

  it('lists the tools as tools/list does', async () => {
    const blueprint = smallBlueprint();
    const files = await renderBlueprint(blueprint);
    const surface = JSON.parse(textOf(files, 'mcp.tools.json')) as { tools: { name: string }[] };
    expect(surface).toEqual({ tools: toolList(blueprint) });
    const names = surface.tools.map(({ name }) => name);
    expect(names).toEqual(['add_pet', 'delete', 'get_pet', 'list_pets', 'ping', 'upload-photo']);
    const index = textOf(files, 'src/generated/tools/index.ts');
    expect(index).toContain('[addPet, deleteTool, getPet, listPets, ping, uploadPhoto]');
  });

  it('lists hundreds of tools in a way that the compiler can check', async () => {
    const files = await renderBlueprint(largeBlueprint(201));
    const index = textOf(files, 'src/generated/tools/index.ts');
    expect(index).toContain('= Array.of<HttpTool>(\n  getPet0,\n');
    expect(await format(index, { ...FORMAT, parser: 'babel-ts' })).toBe(index);
  });

  it("a README without what changes with the tools, for it is the user's", async () => {
    const blueprint = smallBlueprint();
    const fewer = { ...blueprint, tools: blueprint.tools.slice(0, -1) };
    const [all, some] = [await renderBlueprint(blueprint), await renderBlueprint(fewer)];
    expect(textOf(all, 'TOOLS.md')).toContain('6 tools;');
    expect(textOf(some, 'TOOLS.md')).toContain('5 tools;');
    const one = await renderBlueprint({ ...blueprint, tools: blueprint.tools.slice(0, 1) });
    expect(textOf(one, 'TOOLS.md')).toContain('\n1 tool; the list costs');
    expect(textOf(some, 'README.md')).toBe(textOf(all, 'README.md'));
  });

  it('documents settings without values of secrets', async () => {
    const files = await renderBlueprint(smallBlueprint());
    expect(textOf(files, '.env.example'))
      .toBe(`# Copy to .env and fill in. What is set in the environment wins over the file.
# For each secret NAME, NAME_FILE may name a file that holds it.

# API key of the shop (required)
SHOP_KEY=

# Base URL of the shop (optional)
# SHOP_BASE_URL=

# Region (optional)
# SHOP_REGION=eu
`);
  });
});

describe('package.json and its lock', () => {
  it('agree, with exact versions and without addresses', async () => {
    const files = await renderBlueprint(smallBlueprint());
    const pack = JSON.parse(textOf(files, 'package.json')) as Record<
      string,
      Record<string, string>
    >;
    const lock = JSON.parse(textOf(files, 'package-lock.json')) as {
      packages: Record<string, Record<string, unknown>>;
    };
    const { name, version, dependencies, devDependencies, bin, engines } = pack;
    const root = lock.packages[''];
    expect(root).toEqual({ name, version, dependencies, devDependencies, bin, engines });
    for (const [dependency, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${dependency}`]).toMatchObject({ version: wanted });
    }
    for (const [path, entry] of Object.entries(lock.packages)) {
      expect(entry).not.toHaveProperty('resolved');
      expect(entry).not.toHaveProperty('hasInstallScript');
      if (path !== '') expect(entry['integrity']).toMatch(/^sha512-/);
    }
  });

  it('name what the emitted modules import, and nothing else', async () => {
    const files = await renderBlueprint(smallBlueprint());
    const pack = JSON.parse(textOf(files, 'package.json')) as Record<
      string,
      Record<string, string>
    >;
    const imports = (folder: string) => {
      const found = new Set<string>();
      for (const { path, text } of files.values()) {
        if (!path.startsWith(folder) || !path.endsWith('.ts')) continue;
        for (const [, from] of text.matchAll(/(?:from|import\() ?'([^'.][^']*)'/g)) {
          if (!from!.startsWith('node:')) found.add(from!.match(/^(?:@[^/]+\/)?[^/]+/)![0]);
        }
      }
      return [...found].sort();
    };
    const used = imports('src/');
    expect(Object.keys(pack['dependencies']!).sort()).toEqual(used);
    const tested = imports('test/').filter((name) => !used.includes(name));
    expect(Object.keys(pack['devDependencies']!).sort()).toEqual(
      [...tested, '@types/node', 'typescript'].sort(),
    );
  });

  it('the same versions are installed here, so that the runtime is tested with them', () => {
    const own = JSON.parse(readFileSync(new URL('../package.json', TEMPLATES), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const template = readFileSync(new URL('package.json.hbs', TEMPLATES), 'utf8');
    for (const [, name, version] of template.matchAll(/"([^"]+)": "(\d+\.\d+\.\d+)"/g)) {
      expect([name, own.devDependencies[name!]]).toEqual([name, version]);
    }
  });
});
