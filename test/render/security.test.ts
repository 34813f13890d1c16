import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsers } from 'prettier/plugins/markdown';
import type { ParserOptions } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Blueprint } from '../../src/blueprint/types.js';
import type { FileSpec, RenderedFile } from '../../src/project/file-spec.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { planOptions, smallBlueprint } from '../support/blueprint.js';
import { PAYLOADS } from '../support/hostile.js';
import { freePositions, positionsOf, withKeys, withText } from '../support/positions.js';
import { activeParts, nodesOf, parseModule, shapeOf, type Node } from '../support/syntax-tree.js';

let cacheDir: string;
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'security-'));
});
afterAll(() => rm(cacheDir, { recursive: true, force: true }));

async function render(blueprint: Blueprint): Promise<RenderedFile[]> {
  const specs = planProject(blueprint, planOptions).filter(isShown);
  return renderProject(specs, { cacheDir });
}

function isShown(spec: FileSpec): boolean {
  return !('copy' in spec) && spec.owner !== 'user';
}

const BASE = smallBlueprint();
const POSITIONS = positionsOf(BASE);
const FREE = freePositions(BASE);
/** All texts the same harmless word: what hostile ones are compared with. */
const PLAIN = withText(BASE, FREE, 'word');
/** What every payload does, in one text. */
const ALL = Object.values(PAYLOADS).join('\n');

async function shapes(files: RenderedFile[]): Promise<string[]> {
  const modules = files.filter(({ path }) => path.endsWith('.ts'));
  const found = await Promise.all(
    modules.map(async ({ text }) => shapeOf(await parseModule(text))),
  );
  return found.sort();
}

/** The entry point is code whatever an input says: it must stay the same to the letter. */
const MAIN = 'src/main.ts';
let main: Promise<string> | undefined;

async function mainOf(files: Promise<RenderedFile[]>): Promise<string> {
  return (await files).find(({ path }) => path === MAIN)!.text;
}

/** Most modules are the same whatever a position says. */
const known = new Map<string, string[]>();

async function active(files: RenderedFile[]): Promise<string[]> {
  const found: string[][] = [];
  for (const { path, text } of files) {
    if (!path.endsWith('.ts')) continue;
    if (path === MAIN && text === (await (main ??= mainOf(render(PLAIN))))) continue;
    const parts = known.get(text) ?? activeParts(await parseModule(text));
    known.set(text, parts);
    found.push(parts);
  }
  return found.flat();
}

/** A refusal is as good as an answer: these are thrown by the emitters for what is not in a closed set. */
async function renderOrRefuse(blueprint: Blueprint): Promise<RenderedFile[]> {
  try {
    return await render(blueprint);
  } catch (error) {
    if (error instanceof TypeError && /^not /.test(error.message)) return [];
    throw error;
  }
}

describe('foreign text in TypeScript', () => {
  it('the scan finds code (the tests below can fail)', async () => {
    const scan = async (text: string) => activeParts(await parseModule(text));
    expect(await scan("export const a = { b: 'c', d: [1, -2, null] };")).toEqual([]);
    expect(await scan('export const a = { b: globalThis.x() };')).not.toEqual([]);
    expect(await scan('export const a = `b`;')).not.toEqual([]);
    expect(await scan("import a from 'node:fs';")).not.toEqual([]);
    expect(await scan('export const a = [process];')).toEqual(['mentions process']);
    expect(await scan("eval('1');")).not.toEqual([]);
  });

  it.each(POSITIONS.map((position) => [position.join('.'), position] as const))(
    'G1 %s never becomes code',
    async (_, position) => {
      const files = await renderOrRefuse(withText(BASE, [position], ALL));
      expect(await active(files)).toEqual([]);
    },
  );

  // Free positions take every payload below; what stands in these has to be one of a closed set or the name of something.
  it.each(Object.entries(PAYLOADS))(
    'G1 %s never becomes code where a keyword belongs',
    async (_, text) => {
      const free = new Set(FREE.map((position) => position.join('.')));
      for (const position of POSITIONS.filter((each) => !free.has(each.join('.')))) {
        const files = await renderOrRefuse(withText(BASE, [position], text));
        expect([position.join('.'), await active(files)]).toEqual([position.join('.'), []]);
      }
    },
  );

  // Empty titles are left out, so there the shape may change.
  it.each(Object.entries(PAYLOADS).filter(([, payload]) => payload !== ''))(
    'G1 the syntax tree keeps its shape when every text is %s',
    async (_, payload) => {
      const hostile = withText(BASE, FREE, payload);
      const files = await render(hostile);
      expect(await active(files)).toEqual([]);
      expect(await shapes(files)).toEqual(await shapes(await render(PLAIN)));
    },
  );

  it.each(Object.entries(PAYLOADS))(
    'G1 names of properties, schemes and variables never become code (%s)',
    async (_, payload) => {
      expect(await active(await render(withKeys(BASE, payload)))).toEqual([]);
    },
  );

  it('G2 a bound that is no number is refused', async () => {
    const blueprint = structuredClone(BASE);
    const [tool] = blueprint.tools;
    tool!.inputSchema = { type: 'object', properties: { a: { minimum: Number.NaN } } };
    await expect(render(blueprint)).rejects.toThrow(TypeError);
    tool!.inputSchema = { type: 'object', properties: { a: { minimum: '(x=1)' } } };
    expect(await active(await render(blueprint))).toEqual([]);
  });

  it('G6 emitted modules, runtime and tests included, never evaluate text', async () => {
    const files = await renderProject(planProject(BASE, planOptions), { cacheDir });
    const modules = files.filter(({ path }) => path.endsWith('.ts'));
    expect(modules.length).toBeGreaterThan(50);
    for (const { path, text } of modules) {
      for (const [node] of nodesOf(await parseModule(text))) {
        expect([path, evaluates(node)]).toEqual([path, false]);
      }
    }
  });
});

function evaluates(node: Node): boolean {
  const callee = node.callee as Node | undefined;
  const name = callee?.name ?? (callee?.property as Node | undefined)?.name;
  if (node.type === 'ImportExpression') return (node.source as Node).type !== 'StringLiteral';
  if (node.type === 'CallExpression' && callee?.type === 'Import') {
    return (node.arguments as Node[])[0]?.type !== 'StringLiteral';
  }
  const calls = node.type === 'CallExpression' || node.type === 'NewExpression';
  return (
    calls && ['eval', 'Function', 'runInThisContext', 'compileFunction'].includes(name as string)
  );
}

/** Modules with which a program starts others, or runs text. */
const STARTERS = new Set(
  ['child_process', 'cluster', 'worker_threads', 'vm', 'repl', 'inspector', 'module'].flatMap(
    (name) => [name, `node:${name}`],
  ),
);

function importedFrom(node: Node): string | undefined {
  const source = node.source as Node | undefined;
  if (/^(Import|Export)/.test(node.type) && source) return String(source.value);
  const callee = node.callee as Node | undefined;
  const loads = ['require', 'getBuiltinModule', 'createRequire', 'binding', 'dlopen'];
  const name = String(callee?.name ?? (callee?.property as Node | undefined)?.name);
  return node.type === 'CallExpression' && loads.includes(name) ? `${name}()` : undefined;
}

describe('S19 other programs', () => {
  it('S19 no module of an emitted server can start one', async () => {
    const files = await renderProject(planProject(BASE, planOptions), { cacheDir });
    const modules = files.filter(({ path }) => /^src\/.*\.ts$/.test(path));
    expect(modules.length).toBeGreaterThan(50);
    const imported = new Map<string, string>();
    for (const { path, text } of modules) {
      for (const [node] of nodesOf(await parseModule(text))) {
        const from = importedFrom(node);
        if (from !== undefined && !from.startsWith('.')) imported.set(from, path);
      }
    }
    expect([...imported].filter(([from]) => STARTERS.has(from) || from.endsWith('()'))).toEqual([]);
    expect(imported.has('node:crypto')).toBe(true);
  });
});

describe('foreign text in other formats', () => {
  const hostile = (payload: string) => withText(BASE, FREE, payload);
  const find = (files: RenderedFile[], path: string) =>
    files.find((file) => file.path === path)?.text ?? '';

  it.each(Object.entries(PAYLOADS))(
    'G4 configurations keep their one server (%s)',
    async (_, text) => {
      const files = await render(hostile(text));
      const shared = JSON.parse(find(files, '.mcp.json')) as { mcpServers: object };
      expect(Object.keys(shared)).toEqual(['mcpServers']);
      expect(Object.values(shared.mcpServers)).toEqual([
        { command: 'node', args: ['dist/main.js'] },
      ]);
      const code = JSON.parse(find(files, '.vscode/mcp.json')) as { servers: object };
      expect(Object.keys(code)).toEqual(['servers']);
      expect(Object.keys(code.servers)).toHaveLength(1);
      expect(JSON.parse(find(files, 'mcp.tools.json'))).toHaveProperty(
        'tools.length',
        BASE.tools.length,
      );
    },
  );

  it.each(Object.entries(PAYLOADS))(
    'G5 package.json holds no text in its scripts (%s)',
    async (_, text) => {
      const files = await render(hostile(text));
      const pack = JSON.parse(find(files, 'package.json')) as Record<
        string,
        Record<string, string>
      >;
      const plain = JSON.parse(find(await render(BASE), 'package.json')) as typeof pack;
      expect(pack['scripts']).toEqual(plain['scripts']);
      expect(pack['dependencies']).toEqual(plain['dependencies']);
      expect(pack['name']).toMatch(/^[a-z0-9-]{1,214}$/);
      expect(pack['version']).toMatch(/^\d+\.\d+\.\d+$/);
      expect(Object.values(pack['bin'] ?? {})).toEqual(['dist/main.js']);
      expect(Object.keys(pack['scripts'] ?? {}).join()).not.toMatch(/install|prepare|prepublish/);
    },
  );

  it.each(Object.entries(PAYLOADS))(
    'G4 .env.example sets what it is meant to set (%s)',
    async (_, text) => {
      const lines = find(await render(hostile(text)), '.env.example').split('\n');
      expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual(['SHOP_KEY=']);
    },
  );

  it.each(Object.entries(PAYLOADS))(
    'G4 Markdown has no markup of its own (%s)',
    async (_, text) => {
      const files = await render(hostile(text));
      const plain = await render(PLAIN);
      for (const path of ['TOOLS.md', 'README.md']) {
        expect(await markup(find(files, path))).toEqual(await markup(find(plain, path)));
      }
    },
  );
});

/** Nodes of a Markdown document that do or show more than text, with what links lead to. */
async function markup(text: string): Promise<string[]> {
  const root = (await parsers.markdown.parse(text, {} as ParserOptions)) as Node;
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (['html', 'image', 'code', 'heading', 'table', 'tableCell', 'list'].includes(node.type)) {
      found.push(node.type);
    }
    // Within the document: to a heading of its own.
    const url = node.type === 'link' ? String(node.url) : '#';
    if (!url.startsWith('#')) found.push(`link ${url}`);
    for (const child of (node.children as Node[] | undefined) ?? []) visit(child);
  };
  visit(root);
  return found;
}
