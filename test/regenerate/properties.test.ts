import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, edit, temporaryFolder } from '../cli/support.js';
import { tree } from '../workspace/support.js';
import { documents } from './documents.js';

/** How many examples of each property; more with REGENERATE_RUNS. */
const RUNS = Number(process.env['REGENERATE_RUNS'] ?? 6);

let dir: string;
let remove: () => void;
beforeEach(() => ({ dir, remove } = temporaryFolder()));
afterEach(() => remove());

const root = (name: string) => join(dir, name);

async function scaffold(name: string, document: string): Promise<void> {
  rmSync(root(name), { recursive: true, force: true });
  writeFileSync(join(dir, 'greek.json'), document);
  const { code, err } = await cli(dir, ['greek.json', name, '--name', 'greek', '--quiet']);
  expect([code, err]).toEqual([0, '']);
}

/** Files that belong to the generator, wholly or in part, with their text. */
function generated(name: string): Record<string, string> {
  const { files } = JSON.parse(readFileSync(join(root(name), 'mcp.lock.json'), 'utf8'));
  const all = tree(root(name));
  return Object.fromEntries(
    Object.entries(all).filter(([path]) =>
      ['managed', 'merged', 'user'].includes(files[path]?.owner),
    ),
  );
}

it('taking a new version gives the files that scaffolding from it gives', async () => {
  await fc.assert(
    fc.asyncProperty(documents, documents, async (before, after) => {
      await scaffold('new', after);
      await scaffold('old', before);
      writeFileSync(join(dir, 'greek.json'), after);
      await cli(dir, ['regenerate', 'old', '--source', 'greek.json', '--quiet']);
      expect(generated('old')).toEqual(generated('new'));
    }),
    { numRuns: RUNS },
  );
});

/** What somebody does to a project: each writes a line that no other does, into a file that it names. */
const PLACES = {
  managed: [
    'TOOLS.md',
    'src/generated/tools/alpha.ts',
    'src/generated/tools/beta.ts',
    'mcp.tools.json',
  ],
  seed: ['README.md', '.env.example'],
  own: ['src/mine.ts', 'notes.txt', 'test/mine.test.ts'],
};
const edits = fc.oneof(
  ...Object.values(PLACES).map((paths) =>
    fc.record({ kind: fc.constant('append' as const), path: fc.constantFrom(...paths) }),
  ),
  fc.record({ kind: fc.constant('script' as const) }),
  fc.record({ kind: fc.constant('dependency' as const) }),
  fc.record({ kind: fc.constant('describe' as const) }),
  fc.record({ kind: fc.constant('eject' as const), path: fc.constantFrom(...PLACES.managed) }),
  fc.record({ kind: fc.constant('input' as const), document: documents }),
  fc.record({ kind: fc.constant('source' as const), document: documents }),
  fc.record({ kind: fc.constant('regenerate' as const) }),
);
type Edit = (typeof edits extends fc.Arbitrary<infer Value> ? Value : never) & {
  document?: string;
};

describe('whatever somebody does and whatever the input does', () => {
  it('no line of theirs is lost, and check is content once conflicts are resolved', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.array(edits, { minLength: 3, maxLength: 8 }),
        async (document, sequence) => {
          await scaffold('out', document);
          const lines = new Map<string, string>();
          for (const [index, step] of sequence.entries()) {
            await take(step as Edit, `line${index}ofTheirs`, lines);
            requireLines(lines);
          }
          await cli(dir, ['regenerate', 'out', '--quiet']);
          requireLines(lines);
          await resolve(lines);
          expect(await cli(dir, ['check', 'out', '--full'])).toEqual({
            code: 0,
            out: 'in step\n',
            err: '',
          });
          expect((await cli(dir, ['check', 'out'])).code).toBe(0);
          const before = tree(root('out'));
          expect((await cli(dir, ['regenerate', 'out'])).out).toMatch(/^in step\n$/);
          expect(tree(root('out'))).toEqual(before);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

async function take(step: Edit, line: string, lines: Map<string, string>): Promise<void> {
  const at = (path: string) => join(root('out'), path);
  switch (step.kind) {
    case 'append':
      if (PLACES.managed.includes(step.path) && !existsSync(at(step.path))) return;
      appendFileSync(at(step.path), `// ${line}\n`);
      lines.set(line, step.path);
      return;
    case 'script':
    case 'dependency': {
      const key = step.kind === 'script' ? 'scripts' : 'dependencies';
      edit(at('package.json'), (text) => {
        const content = JSON.parse(text);
        content[key] = { ...content[key], [line]: '1.0.0' };
        return JSON.stringify(content, null, 2);
      });
      lines.set(line, 'package.json');
      return;
    }
    case 'describe':
      edit(at('mcp.yaml'), (text) => `${text}# ${line}\n`);
      lines.set(line, 'mcp.yaml');
      return;
    case 'eject':
      await cli(dir, ['eject', join('out', step.path), '--quiet']);
      return;
    case 'input':
      writeFileSync(at('specs/greek.json'), step.document!);
      await cli(dir, ['regenerate', 'out', '--quiet']);
      return;
    case 'source':
      writeFileSync(join(dir, 'greek.json'), step.document!);
      await cli(dir, ['regenerate', 'out', '--source', 'greek.json', '--quiet', '--bump']);
      return;
    case 'regenerate':
      await cli(dir, ['regenerate', 'out', '--quiet']);
  }
}

function requireLines(lines: ReadonlyMap<string, string>): void {
  const files = tree(root('out'));
  for (const [line, path] of lines) expect(files[path], path).toContain(line);
}

/** Keeps what can be kept by ejecting it, takes the rest away, and regenerates. */
async function resolve(lines: Map<string, string>): Promise<void> {
  const { findings } = JSON.parse((await cli(dir, ['check', 'out', '--full', '--json'])).out);
  for (const { code, path } of findings as { code: string; path: string }[]) {
    if (!['MCP501', 'MCP524', 'MCP526', 'MCP527'].includes(code)) continue;
    const ejected = await cli(dir, ['eject', join('out', path), '--quiet']);
    if (ejected.code !== 0) rmSync(join(root('out'), path));
  }
  const { code, out } = await cli(dir, ['regenerate', 'out']);
  expect([code, out]).toEqual([0, out]);
  for (const [line, path] of lines) {
    if (existsSync(join(root('out'), path))) continue;
    lines.delete(line);
  }
}
