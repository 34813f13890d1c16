import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  annotationsOf,
  checkBoth,
  cli,
  eachInPetsProject,
  edit,
  jsonOf,
  linesOf,
  petsYaml,
} from './support.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));

const at = (path: string) => join(root, path);
const both = (...flags: string[]) => checkBoth(dir, flags);

describe('check', () => {
  it('proves by hashes that nothing changed, and generates only when asked to', async () => {
    // An input that cannot be parsed any more shows that nothing was read but its hash.
    const quick = jsonOf('check', await cli(dir, ['check', 'out', '--json']));
    expect(quick).toMatchObject({ ok: true, exitCode: 0, inStep: true, full: false, findings: [] });
    const full = jsonOf('check', await cli(dir, ['check', 'out', '--full', '--json']));
    expect(full).toMatchObject({ ok: true, full: true, findings: [] });
    expect(await both()).toEqual({ code: 0, out: 'in step\n', err: '' });
  });

  it('shows a few of the files that follow from a change of the manifest', async () => {
    edit(at('mcp.yaml'), (text) => text.replace('openapi:', 'prefix: my_\n    openapi:'));
    rmSync(at('src/runtime'), { recursive: true });
    const { code, out } = await both();
    const files = out.split('\n').filter((line) => line.includes('  MCP523  '));
    expect([code, files.length]).toEqual([1, 6]);
    expect(files[5]).toMatch(/^ {7}MCP523 {2}and \d+ more files?; all are in --json$/);
  });

  it.each<[string, () => void, string[]]>([
    [
      'a missing file',
      () => rmSync(at('TOOLS.md')),
      ['error  MCP523  TOOLS.md is missing', 'fix    run regenerate, which writes it again'],
    ],
    [
      'an edited file',
      () => edit(at('src/generated/server.ts'), (text) => `// mine\n${text}`),
      [
        'error  MCP524  src/generated/server.ts was edited by hand',
        'fix    undo the edit, or keep it for good with eject src/generated/server.ts',
      ],
    ],
    [
      'an extra file',
      () => writeFileSync(at('src/generated/tools/left-over.ts'), ''),
      [
        'error  MCP526  src/generated/tools/left-over.ts lies among generated files and is none',
        'fix    delete it, or move it to a folder of your own',
      ],
    ],
    [
      'what merging needs',
      () => rmSync(at('.mcp'), { recursive: true }),
      [
        'error  MCP523  .mcp/base/package.json is missing',
        'fix    run regenerate, which writes it again',
      ],
    ],
    [
      'a package.json that is half merged',
      () =>
        edit(at('package.json'), (text) => text.replace('  "name"', '>>>>>>> theirs\n  "name"')),
      [
        'error  MCP501  package.json is in conflict: it holds merge marks, line 2',
        'fix    move your change to a file of your own and delete this one, or keep it for good with eject package.json; --force overwrites it',
      ],
    ],
  ])('sees %s', async (_, change, want) => {
    change();
    const outcome = await both();
    expect([outcome.code, linesOf(outcome)]).toEqual([1, [...want, '1 finding']]);
  });

  it.each([
    ['a missing file', 'TOOLS.md'],
    ['what merging needs', '.mcp/base/package.json'],
    ['a missing lock', 'mcp.lock.json'],
  ])('finds %s again after regenerate', async (_, path) => {
    rmSync(at(path));
    expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
    expect(await both()).toEqual({ code: 0, out: 'in step\n', err: '' });
  });

  it('leaves alone what is meant to be the user’s', async () => {
    edit(at('package.json'), (text) => text.replace('"private": true', '"private": false'));
    edit(at('README.md'), () => 'mine');
    rmSync(at('.env.example'));
    writeFileSync(at('src/mine.ts'), 'mine');
    writeFileSync(at('src/generated/.DS_Store'), '');
    expect(await both()).toEqual({ code: 0, out: 'in step\n', err: '' });
  });

  it('follows links to folders inside of the project', async () => {
    renameSync(at('src/generated'), at('made'));
    symlinkSync('../made', at('src/generated'));
    expect(await both()).toEqual({ code: 0, out: 'in step\n', err: '' });
    renameSync(at('made'), join(dir, 'made'));
    rmSync(at('src/generated'));
    symlinkSync('../../made', at('src/generated'));
    const { code, err } = await cli(dir, ['check', 'out']);
    expect([code, err]).toEqual([2, expect.stringContaining('the link generated leads out of it')]);
  });

  it('says what an input that changed would change', async () => {
    edit(at('specs/tiny-pets.yaml'), (text) => text.replace('List pets', 'Show pets'));
    edit(at('mcp.yaml'), (text) =>
      text.replace('openapi: specs', 'exclude: [deleteOrder]\n    openapi: specs'),
    );
    edit(at('TOOLS.md'), (text) => `${text}mine\n`);
    const outcome = await cli(dir, ['check', 'out']);
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome).filter((line) => !line.startsWith('fix'))).toEqual([
      'error  MCP521  mcp.yaml has changed since the last regenerate',
      'error  MCP521  specs/tiny-pets.yaml has changed since the last regenerate',
      'error  MCP501  TOOLS.md is in conflict: edited, and changed by the generator',
      'error  MCP522  mcp.tools.json is stale: regenerate would update it',
      'error  MCP522  src/generated/tools/index.ts is stale: regenerate would update it',
      'error  MCP522  src/generated/tools/list-pets.ts is stale: regenerate would update it',
      'error  MCP522  test/generated/examples.ts is stale: regenerate would update it',
      'error  MCP525  src/generated/tools/delete-order.ts is no longer generated',
      'error  MCP525  src/generated/types/delete-order.ts is no longer generated',
      '9 findings',
    ]);
  });

  it('says that another version of the generator was at work', async () => {
    edit(at('mcp.lock.json'), (text) =>
      text.replace('"generator": "0.1.0"', '"generator": "0.0.9"'),
    );
    const outcome = await cli(dir, ['check', 'out']);
    expect([outcome.code, linesOf(outcome)[0]]).toEqual([
      1,
      'error  MCP520  generated by create-mcp-server 0.0.9, and this is 0.1.0',
    ]);
  });

  it('sees a lock that does not say what is there', async () => {
    edit(at('mcp.lock.json'), (text) => text.replace('DELETE /store', 'DELETE /shop'));
    const outcome = await cli(dir, ['check', 'out', '--full']);
    expect([outcome.code, linesOf(outcome)[0]]).toEqual([
      1,
      'error  MCP530  mcp.lock.json does not say what is there',
    ]);
    await cli(dir, ['regenerate', 'out']);
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('tells a CI job where to look, as JSON and as annotations', async () => {
    edit(at('TOOLS.md'), (text) => `${text}mine\n`);
    writeFileSync(at('src/generated/a%,b.ts'), '');
    const json = await cli(dir, ['check', 'out', '--json']);
    expect([json.code, json.err]).toEqual([1, '']);
    expect(jsonOf('check', json)).toMatchObject({
      ok: false,
      exitCode: 1,
      inStep: false,
      findings: [
        { code: 'MCP524', severity: 'error', file: 'out/TOOLS.md', path: 'TOOLS.md' },
        { code: 'MCP526', file: 'out/src/generated/a%,b.ts' },
      ],
    });
    const github = await cli(dir, ['check', 'out', '--format', 'github']);
    expect([github.code, github.err]).toEqual([1, '2 findings\n']);
    expect(linesOf(github)).toEqual([
      '::error file=out/TOOLS.md,title=MCP524::TOOLS.md was edited by hand. To mend it, undo the edit, or keep it for good with eject TOOLS.md',
      '::error file=out/src/generated/a%25%2Cb.ts,title=MCP526::src/generated/a%25,b.ts lies among generated files and is none. To mend it, delete it, or move it to a folder of your own',
    ]);
    expect(annotationsOf(github)).toMatchObject([
      { level: 'error', file: 'out/TOOLS.md', title: 'MCP524' },
      { level: 'error', file: 'out/src/generated/a%,b.ts', title: 'MCP526' },
    ]);
    const nested = await cli(root, ['check', '--format', 'github'], {
      env: { GITHUB_WORKSPACE: dir },
    });
    expect(linesOf(nested)[0]).toContain('::error file=out/TOOLS.md,');
    rmSync(at('src/generated/a%,b.ts'));
    await cli(dir, ['eject', 'out/TOOLS.md']);
    expect(await cli(dir, ['check', 'out', '--format', 'github'])).toEqual({
      code: 0,
      out: '',
      err: 'in step\n',
    });
  });
});

describe('check --refresh', () => {
  let server: Server;
  let answer = { status: 200, text: petsYaml };
  let url: string;
  beforeEach(async () => {
    answer = { status: 200, text: petsYaml };
    server = createServer((_, response) => {
      response.writeHead(answer.status).end(answer.text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pets.yaml`;
    await cli(dir, ['regenerate', 'out', '--source', url, '--quiet']);
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('says whether the documents at their addresses have changed', async () => {
    expect(await cli(dir, ['check', 'out', '--refresh'])).toEqual({
      code: 0,
      out: 'tiny-pets is what its address gives\nin step\n',
      err: '',
    });
    answer.text = petsYaml.replaceAll('\n', '\r\n');
    expect((await cli(dir, ['check', 'out', '--refresh'])).code).toBe(0);
    answer.text = petsYaml.replace('List pets', 'Show pets');
    const moved = await cli(dir, ['check', 'out', '--refresh', '--json']);
    expect(moved.code).toBe(1);
    expect(jsonOf('check', moved)).toMatchObject({
      upstream: [{ id: 'tiny-pets', url, moved: true }],
      findings: [{ code: 'MCP528', file: 'out/specs/tiny-pets.yaml' }],
    });
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('does not guess where an address cannot be read', async () => {
    answer.status = 500;
    const { code, err } = await cli(dir, ['check', 'out', '--refresh']);
    expect([code, err]).toEqual([2, expect.stringContaining('the server answered 500')]);
  });
});

it('check --refresh says when nothing came from an address', async () => {
  expect(await cli(dir, ['check', 'out', '--refresh'])).toMatchObject({
    code: 0,
    out: 'no input came from an address\nin step\n',
  });
});

it('failures are one object of the published form', async () => {
  mkdirSync(join(dir, 'empty'));
  const outcome = await cli(dir, ['check', 'empty', '--json']);
  expect(jsonOf('failure', outcome)).toMatchObject({ exitCode: 2, errors: [{ code: 'MCP506' }] });
  expect(readFileSync(at('mcp.yaml'), 'utf8')).toContain('tiny-pets');
});
