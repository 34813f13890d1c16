import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cli,
  commitAll,
  edit,
  git,
  jsonOf,
  petsProjects,
  petsYaml,
  temporaryFolder,
  type Outcome,
} from './support.js';

const projects = petsProjects();
afterAll(() => projects.remove());

let dir: string;
let root: string;
let remove: () => void;
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  root = await projects.copyTo(dir);
});
afterEach(() => remove());

const at = (path: string) => join(root, path);
const lines = ({ out }: Outcome) => out.trimEnd().split('\n');

/** By hashes and by generating everything: the findings must be the same. */
async function both(...flags: string[]): Promise<Outcome> {
  const quick = await cli(dir, ['check', 'out', ...flags]);
  const full = await cli(dir, ['check', 'out', '--full', ...flags]);
  expect(full).toEqual(quick);
  return quick;
}

describe('check', () => {
  it('proves by hashes that nothing changed, and generates only when asked to', async () => {
    // An input that cannot be parsed any more shows that nothing was read but its hash.
    const quick = jsonOf('check', await cli(dir, ['check', 'out', '--json']));
    expect(quick).toMatchObject({ ok: true, exitCode: 0, inStep: true, full: false, findings: [] });
    const full = jsonOf('check', await cli(dir, ['check', 'out', '--full', '--json']));
    expect(full).toMatchObject({ ok: true, full: true, findings: [] });
    expect(await both()).toEqual({ code: 0, out: 'in step\n', err: '' });
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
    expect([outcome.code, lines(outcome)]).toEqual([1, [...want, '1 finding']]);
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
    expect(lines(outcome).filter((line) => !line.startsWith('fix'))).toEqual([
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
    expect([outcome.code, lines(outcome)[0]]).toEqual([
      1,
      'error  MCP520  generated by create-mcp-server 0.0.9, and this is 0.1.0',
    ]);
  });

  it('sees a lock that does not say what is there', async () => {
    edit(at('mcp.lock.json'), (text) => text.replace('DELETE /store', 'DELETE /shop'));
    const outcome = await cli(dir, ['check', 'out', '--full']);
    expect([outcome.code, lines(outcome)[0]]).toEqual([
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
    expect(lines(github)).toEqual([
      '::error file=out/TOOLS.md,title=MCP524::TOOLS.md was edited by hand. To mend it, undo the edit, or keep it for good with eject TOOLS.md',
      '::error file=out/src/generated/a%25%2Cb.ts,title=MCP526::src/generated/a%25,b.ts lies among generated files and is none. To mend it, delete it, or move it to a folder of your own',
    ]);
    const nested = await cli(root, ['check', '--format', 'github'], {
      env: { GITHUB_WORKSPACE: dir },
    });
    expect(lines(nested)[0]).toContain('::error file=out/TOOLS.md,');
    rmSync(at('src/generated/a%,b.ts'));
    await cli(dir, ['eject', 'out/TOOLS.md']);
    expect(await cli(dir, ['check', 'out', '--format', 'github'])).toEqual({
      code: 0,
      out: '',
      err: 'in step\n',
    });
  });
});

describe('check --against', () => {
  beforeEach(() => commitAll(dir));

  const change = async (from: string | RegExp, to: string) => {
    edit(at('specs/tiny-pets.yaml'), (text) => text.replace(from, to));
    await cli(dir, ['regenerate', 'out', '--quiet']);
  };
  const withoutIds = (outcome: Outcome) =>
    lines(outcome).map((line) => line.replace(/\[[0-9a-f]{12}\]/, '[id]'));

  it('says what changed for callers since a commit, and where', async () => {
    expect(await both('--against', 'main')).toMatchObject({
      code: 0,
      out: '0 changes of the tool surface since main\nin step\n',
    });
    await change('schema: { type: integer }', 'required: true, schema: { type: integer }');
    await change('summary: Delete an order', 'summary: Drop an order');
    const outcome = await both('--against', 'HEAD');
    expect(outcome.code).toBe(1);
    expect(withoutIds(outcome)).toEqual([
      'breaking  out/specs/tiny-pets.yaml:9:5  listPets: argument "limit" became required  [id]',
      'risky     out/specs/tiny-pets.yaml:22:5  deleteOrder: the description changed  [id]',
      'risky     out/specs/tiny-pets.yaml:22:5  deleteOrder: the title changed  [id]',
      '3 changes of the tool surface since HEAD, 1 breaking',
      'suggested version: 1.0.0 → 2.0.0 (major)',
      'fix    keep the tools as they were, or approve a change in mcp.accepted.json: { "accepted": { "<id>": "<why>" } }',
      '1 finding',
    ]);
  });

  it('finds the place of a tool that is gone in the document of then', async () => {
    await change(/ {2}\/store[^]*?(?=components:)/, '');
    const outcome = await cli(root, ['check', '--against', 'main']);
    expect(withoutIds(outcome)[0]).toBe(
      'breaking  specs/tiny-pets.yaml:22:5 (before)  deleteOrder: was removed (tiny-pets DELETE /store/orders/{id})  [id]',
    );
  });

  it('knows a tool again under another name', async () => {
    await change('operationId: deleteOrder', 'operationId: dropOrder');
    const { since } = jsonOf(
      'check',
      await cli(dir, ['check', 'out', '--against', 'main', '--json']),
    );
    expect(since.changes).toMatchObject([
      { class: 'breaking', code: 'tool-renamed', tool: 'dropOrder', failing: true },
    ]);
    expect(since.changes[0].message).toContain('deleteOrder');
  });

  it.each([
    [
      'a removed argument',
      '        - { name: limit, in: query, schema: { type: integer } }\n',
      '        []\n',
      [1, 1, 0],
    ],
    ['another description', 'summary: List pets', 'summary: Show pets', [0, 1, 0]],
    [
      'a new argument',
      '        - { name: limit',
      '        - { name: size, in: query, schema: { type: integer } }\n        - { name: limit',
      [0, 0, 0],
    ],
  ])('fails on %s as --fail-on says', async (_, from, to, want) => {
    await change(from, to);
    const codes: number[] = [];
    for (const failOn of ['breaking', 'risky', 'none']) {
      codes.push((await cli(dir, ['check', 'out', '--against', 'main', '--fail-on', failOn])).code);
    }
    expect(codes).toEqual(want);
  });

  it('annotates the lines of the documents', async () => {
    await change('schema: { type: integer }', 'required: true, schema: { type: integer }');
    await change('summary: Delete an order', 'summary: Drop an order');
    const outcome = await cli(dir, ['check', 'out', '--against', 'main', '--format', 'github']);
    const shown = lines(outcome).map((line) => line.replace(/ [0-9a-f]{12}::/, ' id::'));
    expect(shown[0]).toBe(
      '::error file=out/specs/tiny-pets.yaml,line=9,col=5,title=breaking argument-became-required id::listPets: argument "limit" became required',
    );
    expect(shown[1]).toMatch(
      /^::warning file=out\/specs\/tiny-pets\.yaml,line=22,col=5,title=risky /,
    );
    expect([outcome.code, shown.length]).toEqual([1, 3]);
    expect(outcome.err).toContain('\n1 finding\n');
  });

  it('is content with changes that were approved, by an id that does not move', async () => {
    await change('schema: { type: integer }', 'required: true, schema: { type: integer }');
    const first = jsonOf('check', await cli(dir, ['check', 'out', '--against', 'main', '--json']));
    const { id } = first.since.changes[0];
    writeFileSync(
      at('mcp.accepted.json'),
      JSON.stringify({ accepted: { [id]: 'nobody left it out' } }),
    );
    await change('info:', '# one line more\ninfo:');
    const outcome = await cli(dir, ['check', 'out', '--against', 'main']);
    expect([outcome.code, lines(outcome)[0]]).toEqual([
      0,
      'accepted  out/specs/tiny-pets.yaml:10:5  listPets: argument "limit" became required',
    ]);
    const json = jsonOf('check', await cli(dir, ['check', 'out', '--against', 'main', '--json']));
    expect(json.since.changes[0]).toMatchObject({
      id,
      accepted: 'nobody left it out',
      failing: false,
    });
  });

  it.each([
    ['no JSON', '{', 'it is not JSON'],
    ['merge marks', '<<<<<<< HEAD\n', 'it holds merge marks, line 1'],
    ['a list', '{"accepted":["0123456789ab"]}', 'it has no object "accepted"'],
    ['no id', '{"accepted":{"getPet":"x"}}', '"getPet" is not the id of a change'],
    ['no reason', '{"accepted":{"0123456789ab":" "}}', '0123456789ab says no reason'],
  ])('refuses approvals with %s', async (_, text, why) => {
    writeFileSync(at('mcp.accepted.json'), text);
    const { code, err } = await cli(dir, ['check', 'out', '--against', 'main']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`MCP515  mcp.accepted.json cannot be used: ${why}`),
    ]);
  });

  it.each(['no-such-branch', '--output=/tmp/x', 'HEAD~99', 'main:out', ':/x'])(
    'refuses %j as a commit',
    async (ref) => {
      const { code, err } = await cli(dir, ['check', 'out', `--against=${ref}`]);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(`MCP514  ${ref} cannot be read from git`),
      ]);
    },
  );

  it('refuses a folder that is in no repository', async () => {
    rmSync(join(dir, '.git'), { recursive: true });
    const env = { GIT_CEILING_DIRECTORIES: join(dir, '..') };
    const { code, err } = await cli(dir, ['check', 'out', '--against', 'main'], { env });
    expect([code, err]).toEqual([2, expect.stringContaining('not a git repository')]);
  });

  it('takes every tool for new where there was no server yet', async () => {
    git(dir, 'rm', '--quiet', '-r', '--cached', 'out');
    git(dir, 'commit', '--quiet', '--message', 'without');
    const outcome = await cli(dir, ['check', 'out', '--against', 'main']);
    expect([outcome.code, outcome.out]).toEqual([
      0,
      expect.stringContaining('2 changes of the tool surface since main\n'),
    ]);
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
