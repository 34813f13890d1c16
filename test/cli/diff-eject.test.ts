import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CHANGE_RULES } from '../../src/blueprint/compare.js';
import { catalog } from '../../src/diagnostics/catalog.js';
import { cli, commitAll, eachInPetsProject, edit, jsonOf } from './support.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));

const at = (path: string) => join(root, path);
const read = (path: string) => readFileSync(at(path), 'utf8');

/** One tool less, another title. */
function changeInput(): void {
  edit(at('specs/tiny-pets.yaml'), (text) =>
    text.replace(/ {2}\/store[^]*?(?=components:)/, '').replace('List pets', 'Show pets'),
  );
}

describe('the place of a tool that is gone', () => {
  const other = (text: string) =>
    text.replace(
      '    delete:\n      operationId: deleteOrder',
      '    put:\n      operationId: putOrder',
    );
  const gone = 'deleteOrder: was removed (tiny-pets DELETE /store/orders/{id})';
  const lineOf = (out: string) => out.split('\n').find((line) => line.includes(gone));

  it('is not looked for in a document that was edited since', async () => {
    edit(at('specs/tiny-pets.yaml'), other);
    expect(lineOf((await cli(dir, ['diff', 'out'])).out)).toMatch(/^breaking {2}deleteOrder: /);
  });

  it('is that of the document that a new version takes the place of', async () => {
    edit(join(dir, 'openapi.yaml'), other);
    const { out } = await cli(dir, ['regenerate', 'out', '--source', 'openapi.yaml']);
    expect(lineOf(out)).toMatch(
      /^breaking {2}out\/specs\/tiny-pets\.yaml:22:5 \(before\) {2}deleteOrder: /,
    );
  });
});

describe('diff', () => {
  beforeEach(() => changeInput());

  it('gives the answer of regenerate and writes nothing', async () => {
    const before = read('mcp.lock.json');
    const told = await cli(dir, ['diff', 'out']);
    expect(told.code).toBe(1);
    expect(read('mcp.lock.json')).toBe(before);
    const done = await cli(dir, ['regenerate', 'out']);
    expect(told.out.replace('would change', 'changed')).toBe(done.out);
    expect((await cli(dir, ['diff', 'out'])).code).toBe(0);
  });

  it.each([
    ['a file', 'out/TOOLS.md', ['update    TOOLS.md', 'would change 1 file']],
    [
      'a file that goes',
      'out/src/generated/types/delete-order.ts',
      [
        'delete    src/generated/types/delete-order.ts  (no longer generated)',
        'would change 1 file',
      ],
    ],
    [
      'a folder',
      'out/src/generated/types',
      [
        'delete    src/generated/types/delete-order.ts  (no longer generated)',
        'would change 1 file',
      ],
    ],
    ['a file that stays', 'out/src/generated/server.ts', ['in step']],
  ])('looks at %s alone', async (_, path, want) => {
    const { code, out } = await cli(dir, ['diff', path]);
    expect([code, out.trimEnd().split('\n')]).toEqual([want.length - 1, want]);
  });

  it('refuses a path that is not generated', async () => {
    const { code, err } = await cli(dir, ['diff', 'out/src/mine.ts']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('src/mine.ts is neither generated nor an input'),
    ]);
  });

  it('--patch gives what git can apply, so that the result is that of regenerate', async () => {
    const copy = join(dir, 'copy');
    cpSync(root, copy, { recursive: true });
    commitAll(copy);
    const { out } = await cli(dir, ['diff', 'out', '--patch']);
    const patch = out.slice(out.indexOf('--- '), out.lastIndexOf('would change'));
    execFileSync('git', ['apply', '-'], { cwd: copy, input: patch });
    await cli(dir, ['regenerate', 'out']);
    for (const path of ['TOOLS.md', 'mcp.tools.json', 'src/generated/tools/index.ts']) {
      expect(readFileSync(join(copy, path), 'utf8'), path).toBe(read(path));
    }
    expect(existsSync(join(copy, 'src/generated/tools/delete-order.ts'))).toBe(false);
  });

  it('--patch shows the lines', async () => {
    const { out } = await cli(dir, ['diff', 'out/src/generated/tools/list-pets.ts', '--patch']);
    expect(out.split('\n').filter((line) => /^(?:---|\+\+\+|[-+] )/.test(line))).toEqual([
      '--- a/src/generated/tools/list-pets.ts',
      '+++ b/src/generated/tools/list-pets.ts',
      "-  title: 'List pets',",
      "-  description: 'List pets',",
      "+  title: 'Show pets',",
      "+  description: 'Show pets',",
    ]);
    const json = jsonOf('diff', await cli(dir, ['diff', 'out/TOOLS.md', '--patch', '--json']));
    expect(json).toMatchObject({ ok: false, written: false, files: [{ path: 'TOOLS.md' }] });
    expect(json.files[0].patch).toContain('+++ b/TOOLS.md\n@@ ');
    expect(json.changes).toBeUndefined();
    expect(jsonOf('diff', await cli(dir, ['diff', 'out', '--json'])).changes).toHaveLength(3);
  });
});

describe('eject', () => {
  it('makes a generated file the user’s, whatever happens then', async () => {
    const told = await cli(dir, ['eject', 'out/src/generated/tools/list-pets.ts']);
    expect(told).toEqual({
      code: 0,
      out: 'src/generated/tools/list-pets.ts is yours now: no run writes it again, unless you delete it\n',
      err: '',
    });
    edit(at('src/generated/tools/list-pets.ts'), (text) => `// mine\n${text}`);
    const mine = read('src/generated/tools/list-pets.ts');
    for (const flag of ['--json', '--full']) {
      expect((await cli(dir, ['check', 'out', flag])).code).toBe(0);
    }
    changeInput();
    expect((await cli(dir, ['regenerate', 'out', '--force'])).code).toBe(0);
    edit(at('mcp.yaml'), (text) =>
      text.replace('openapi: specs', 'exclude: [listPets]\n    openapi: specs'),
    );
    expect((await cli(dir, ['regenerate', 'out', '--force'])).code).toBe(0);
    expect(read('src/generated/tools/list-pets.ts')).toBe(mine);
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
    rmSync(at('src/generated/tools/list-pets.ts'));
    edit(at('mcp.yaml'), (text) => text.replace('exclude: [listPets]', 'exclude: []'));
    await cli(dir, ['regenerate', 'out']);
    expect(existsSync(at('src/generated/tools/list-pets.ts'))).toBe(true);
  });

  it('ends a conflict with the user’s text', async () => {
    writeFileSync(at('TOOLS.md'), 'mine');
    changeInput();
    expect((await cli(dir, ['regenerate', 'out'])).code).toBe(1);
    const json = jsonOf('eject', await cli(root, ['eject', 'TOOLS.md', '--json']));
    expect(json).toEqual({ ok: true, command: 'eject', dir: '.', path: 'TOOLS.md' });
    expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
    expect(read('TOOLS.md')).toBe('mine');
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('ends the conflict over a file that was there before', async () => {
    edit(at('specs/tiny-pets.yaml'), (text) => text.replace('listPets', 'showPets'));
    writeFileSync(at('src/generated/tools/show-pets.ts'), 'mine');
    const { code, out } = await cli(dir, ['regenerate', 'out']);
    expect([code, out]).toEqual([1, expect.stringContaining('it exists and was not generated')]);
    expect((await cli(root, ['eject', 'src/generated/tools/show-pets.ts'])).code).toBe(0);
    expect((await cli(dir, ['regenerate', 'out', '--force'])).code).toBe(0);
    expect(read('src/generated/tools/show-pets.ts')).toBe('mine');
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it.each([
    ['src/mine.ts', 'it is not a file that the generator writes'],
    ['mcp.tools.json', 'it is not a file that the generator writes'],
    ['mcp.yaml', 'it is yours already'],
    ['README.md', 'it is yours already'],
  ])('refuses %s', async (path, why) => {
    const { code, err } = await cli(dir, ['eject', join('out', path)]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`MCP513  ${path} cannot be ejected: ${why}`),
    ]);
  });
});

it('explain knows every code that anything prints', async () => {
  for (const code of [...Object.keys(catalog), ...Object.keys(CHANGE_RULES)]) {
    const outcome = await cli(dir, ['explain', code, '--json']);
    expect(jsonOf('explain', outcome).explain.length, code).toBeGreaterThan(10);
  }
  expect((await cli(dir, ['explain', 'enum-value-added'])).out).toBe(
    'enum-value-added  safe for what a tool takes, risky for what it gives\n' +
      'One value more is allowed; readers of results may not know it.\n',
  );
  expect((await cli(dir, ['explain', 'tool-remove'])).err).toContain('did you mean tool-removed?');
});
