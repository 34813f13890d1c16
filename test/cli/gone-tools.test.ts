import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { cli, edit, jsonOf, nextPetsYaml, petsProjects, temporaryFolder } from './support.js';

const projects = petsProjects();
afterAll(() => projects.remove());

let dir: string;
let root: string;
let remove: () => void;
/** An override and another name for one tool, which the input has no more. */
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  root = await projects.copyTo(dir);
  edit(join(root, 'mcp.yaml'), (text) =>
    text.replace(
      'serve:',
      'tools:\n  deleteOrder: { name: drop, handler: src/handlers/drop.ts }\nserve:',
    ),
  );
  expect((await cli(dir, ['regenerate', 'out', '--quiet'])).code).toBe(0);
  writeFileSync(join(dir, 'new.yaml'), nextPetsYaml);
});
afterEach(() => remove());

const MESSAGE =
  'deleteOrder is overridden in mcp.yaml, but the input no longer has it; src/handlers/drop.ts is kept';
const FIX =
  'when you no longer need src/handlers/drop.ts, delete it, and tools.deleteOrder in mcp.yaml';
const take = (...flags: string[]) =>
  cli(dir, ['regenerate', 'out', '--source', 'new.yaml', ...flags]);
const line = () =>
  readFileSync(join(root, 'mcp.yaml'), 'utf8')
    .split('\n')
    .findIndex((text) => text.startsWith('  deleteOrder')) + 1;
const found = () => ({
  code: 'MCP703',
  severity: 'warning',
  message: MESSAGE,
  file: 'out/mcp.yaml',
  line: line(),
  column: 3,
  fix: FIX,
});

it('is told by regenerate, in text and as JSON, before and after', async () => {
  expect((await take('--dry-run')).out).toContain(`warning  MCP703  ${MESSAGE}\n`);
  const { code, out } = await take();
  expect([code, out]).toEqual([0, expect.stringContaining(`warning  MCP703  ${MESSAGE}\n`)]);
  const told = jsonOf('regenerate', await cli(dir, ['regenerate', 'out', '--json']));
  expect(told.findings).toContainEqual(found());
  expect(told.ok).toBe(true);
});

it.each([[[]], [['--full']]])('is told by check %s, and fails nothing', async (flags) => {
  await take();
  const text = await cli(dir, ['check', 'out', ...flags]);
  expect(text).toEqual({
    code: 0,
    out: `warning  MCP703  ${MESSAGE}\nfix    ${FIX}\nin step\n`,
    err: '',
  });
  const json = jsonOf('check', await cli(dir, ['check', 'out', '--json', ...flags]));
  expect(json).toMatchObject({ ok: true, inStep: true, findings: [], warnings: [found()] });
  const github = await cli(dir, ['check', 'out', '--format', 'github', ...flags]);
  expect([github.code, github.out]).toEqual([
    0,
    `::warning file=out/mcp.yaml,line=${line()},col=3,title=MCP703::${MESSAGE}. To mend it, ${FIX}\n`,
  ]);
});

it('is told no longer once mcp.yaml does not name it', async () => {
  await take();
  edit(join(root, 'mcp.yaml'), (text) => text.replace(/tools:\n {2}deleteOrder.*\n/, ''));
  expect((await cli(dir, ['regenerate', 'out'])).out).not.toContain('MCP703');
  expect((await cli(dir, ['check', 'out'])).out).toBe('in step\n');
  expect(readFileSync(join(root, 'src/handlers/drop.ts'), 'utf8')).not.toBe('');
});
