import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { CustomTool } from '../../src/blueprint/custom-tool.js';
import { customiseTools } from '../../src/blueprint/customise.js';
import type { Blueprint } from '../../src/blueprint/types.js';
import { planProject } from '../../src/project/plan.js';
import { largeBlueprint, planOptions, smallBlueprint } from '../support/blueprint.js';
import { renderBlueprint, textOf } from '../support/render.js';
import { parseModule } from '../support/syntax-tree.js';

const FORMAT = { printWidth: 100, singleQuote: true, trailingComma: 'all' } as const;
const LONG = 'a_tool_whose_name_is_as_long_as_names_may_be_and_then_some_more_';

const LONG_FILE = 'a-tool-whose-name-is-as-long-as-names-may-be-and-then-some-more';

const custom: Record<string, CustomTool> = {
  list_pets: { handler: 'src/handlers/list-pets.ts' },
  ping: { handler: 'src/ping.ts', name: 'hello' },
  gone: { handler: 'src/handlers/gone.ts' },
  [LONG]: {
    description: 'Long.',
    input: {
      type: 'object',
      properties: { a: { $ref: '#/$defs/A' } },
      $defs: { A: { type: 'string' } },
    },
    output: {
      type: 'object',
      properties: { a: { $ref: '#/$defs/A' } },
      $defs: { A: { type: 'number' } },
    },
    handler: `src/handlers/a/b/${LONG}.ts`,
  },
};

function customised(blueprint: Blueprint, hooks = 'src/hooks.ts'): Blueprint {
  const generated = blueprint.tools.map(({ name }) => name);
  const options = { custom, generated, file: 'mcp.yaml', hooks };
  return { ...blueprint, hooks, ...customiseTools(blueprint.tools, options) };
}

describe('a project with files of the user', () => {
  it('has no more than others where nothing is said', () => {
    const paths = planProject(smallBlueprint(), planOptions).map(({ path }) => path);
    expect(paths.filter((path) => /handler(?!\.ts|-result\.ts)|hooks\.ts/.test(path))).toEqual([
      'src/runtime/hooks.ts',
      'src/runtime/http/run-hooks.ts',
    ]);
  });

  it('has each of them once, as a seed, with types and tests', () => {
    const owners = planProject(customised(smallBlueprint()), planOptions)
      .filter(({ path }) => !path.startsWith('src/runtime/'))
      .map(({ path, owner }) => `${owner} ${path}`);
    for (const want of [
      'seed src/handlers/list-pets.ts',
      'seed src/ping.ts',
      `seed src/handlers/a/b/${LONG}.ts`,
      'seed test/handlers/list-pets.test.ts',
      'seed test/handlers/ping.test.ts',
      'managed test/generated/support/handler-context.ts',
      'managed src/generated/handlers/list-pets.ts',
      'seed src/generated/handlers/gone.ts',
      'managed src/generated/hooks.ts',
      'seed src/hooks.ts',
      'seed .github/workflows/ci.yml',
    ]) {
      expect(owners).toContain(want);
    }
    // Its tool is gone: nothing is written, nothing is deleted.
    expect(owners.filter((line) => line.endsWith('/gone.ts'))).toEqual([
      'seed src/generated/handlers/gone.ts',
    ]);
  });

  it('is formatted as prettier leaves it, also with long names', async () => {
    const files = await renderBlueprint(customised(smallBlueprint()));
    let checked = 0;
    for (const { path, text, owner } of files.values()) {
      if (owner === 'user' || !path.endsWith('.ts')) continue;
      expect([path, await format(text, { ...FORMAT, parser: 'babel-ts' })]).toEqual([path, text]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(60);
  });

  it('shows an override with what it stands in for', async () => {
    const files = await renderBlueprint(customised(smallBlueprint()));
    expect(textOf(files, 'src/handlers/list-pets.ts'))
      .toBe(`import type { ListPetsArguments, ListPetsResult } from '../generated/handlers/list-pets.js';
import type { Handler } from '../runtime/handler.js';

/** Runs in place of GET /pets; HandlerContext has what it can use. This file is yours: it is never written again. */
export const handler: Handler<ListPetsArguments, ListPetsResult> = async (args, context) => {
  return context.request(args);
};
`);
    expect(textOf(files, 'src/generated/tools/hello.ts'))
      .toBe(`import { handler as helloHandler } from '../../ping.js';
import { defineHandlerTool } from '../../runtime/tool.js';
import type { HelloArguments } from '../types/hello.js';

/** src/ping.ts instead of HEAD / */
export const hello = defineHandlerTool<HelloArguments, unknown>({
  name: 'hello',
  description: 'Does ping.',
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  request: { source: 'shop', method: 'HEAD', path: '/' },
  handler: helloHandler,
});
`);
  });

  it('gives each handler a file of types that needs no other', async () => {
    const files = await renderBlueprint(customised(smallBlueprint()));
    expect(textOf(files, 'src/generated/handlers/list-pets.ts'))
      .toBe(`/** For src/handlers/list-pets.ts. They stay should the tool ever go. */

export type ListPetsArguments = {
  limit?: number;
  tags?: string[];
  filter?: {
    color?: string;
  };
  page?: string;
};

export type ListPetsResult = Pet[];

/** An animal for sale. */
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
    // What a name means in the arguments and in the result of a tool written by hand are two things.
    expect(textOf(files, `src/generated/handlers/${LONG_FILE}.ts`)).toContain(
      'Arguments = {\n  a?: A;\n};',
    );
    expect(textOf(files, `src/generated/handlers/${LONG_FILE}.ts`)).toContain(
      'export type A = string;\n\nexport type A2 = number;',
    );
  });

  it('keeps the types of a tool that is gone as they are', async () => {
    const specs = planProject(customised(smallBlueprint()), planOptions);
    const types = specs.find(({ path }) => path === 'src/generated/handlers/gone.ts');
    expect(types?.owner).toBe('seed');
    const files = await renderBlueprint(customised(smallBlueprint()));
    expect(textOf(files, 'src/generated/handlers/gone.ts'))
      .toBe(`/** There is no tool gone: anything fits, so that src/handlers/gone.ts compiles. */
export type GoneArguments = any;
export type GoneResult = any;
`);
  });

  it('declares the nearest schemas only', async () => {
    const blueprint = smallBlueprint();
    const [list] = blueprint.tools;
    const chain = Array.from({ length: 300 }, (_, n) => [
      `S${n}`,
      { type: 'object', properties: { next: { $ref: `#/$defs/S${n + 1}` } } },
    ]);
    blueprint.sources = [{ ...blueprint.sources[0]!, schemas: Object.fromEntries(chain) }];
    blueprint.tools = [{ ...list!, resultType: { $ref: '#/$defs/S0' } }];
    const files = await renderBlueprint(customised(blueprint));
    const text = textOf(files, 'src/generated/handlers/list-pets.ts');
    expect(text).toContain('export type S99 = {\n  next?: unknown;\n};');
    expect(text).not.toContain('S100');
    expect(textOf(files, 'src/generated/types/schemas-s.ts')).toContain('export type S299');
  });

  it('has the same handler files when tools move into files of their groups', async () => {
    const few = await renderBlueprint(customised(smallBlueprint()));
    const blueprint = smallBlueprint();
    const many = { ...blueprint, tools: [...blueprint.tools, ...largeBlueprint(30).tools] };
    const grouped = await renderBlueprint(customised(many));
    const own = [...few.keys()].filter((path) => /^(?:src|test)\/(?:handlers\/|ping)/.test(path));
    expect(own).toHaveLength(6);
    for (const path of own) expect(textOf(grouped, path)).toBe(textOf(few, path));
    expect(textOf(grouped, 'src/generated/tools/pets.ts')).toContain(
      "import { defineHttpTool } from '../../runtime/http/http-tool.js';\nimport { defineHandlerTool } from '../../runtime/tool.js';",
    );
    expect(textOf(grouped, 'src/generated/tools/index.ts')).toContain('tools: ServerTool[] = [');
  });

  it('names files with letters that only a person would choose', async () => {
    const files = await renderBlueprint(customised(smallBlueprint(), 'src/lib/My_Hooks.ts'));
    expect(textOf(files, 'src/generated/hooks.ts')).toBe(
      "export { hooks } from '../lib/My_Hooks.js';\n",
    );
    expect(textOf(files, 'src/main.ts')).toContain("from './generated/hooks.js';");
    for (const { path, text } of files.values()) {
      if (path.endsWith('.ts')) await parseModule(text);
    }
  });

  it('refuses paths that the manifest would have refused', async () => {
    const blueprint = smallBlueprint();
    const [first] = blueprint.tools;
    first!.binding = { kind: 'handler', module: "src/x';evil();'.ts" };
    await expect(renderBlueprint(blueprint)).rejects.toThrow('not a module path');
  });
});

describe('package.json', () => {
  it('runs the generator in the version that wrote the project', async () => {
    const files = await renderBlueprint(smallBlueprint());
    const { scripts } = JSON.parse(textOf(files, 'package.json')) as {
      scripts: Record<string, string>;
    };
    expect(scripts['generate']).toBe('npx --yes create-mcp-server@0.1.0 regenerate');
    expect(scripts['generate:check']).toBe('npx --yes create-mcp-server@0.1.0 check');
  });
});
