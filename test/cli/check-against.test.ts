import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  annotationsOf,
  checkBoth,
  cli,
  commitAll,
  eachInPetsProject,
  edit,
  git,
  jsonOf,
  linesOf,
  type Outcome,
} from './support.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));

const at = (path: string) => join(root, path);
const both = (...flags: string[]) => checkBoth(dir, flags);

describe('check --against', () => {
  beforeEach(() => commitAll(dir));

  const change = async (from: string | RegExp, to: string) => {
    edit(at('specs/tiny-pets.yaml'), (text) => text.replace(from, to));
    await cli(dir, ['regenerate', 'out', '--quiet']);
  };
  const withoutIds = (outcome: Outcome) =>
    linesOf(outcome).map((line) => line.replace(/\[[0-9a-f]{12}\]/, '[id]'));

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

  it('tells requests that leave in another form, which nobody has to adapt to', async () => {
    await change('in: query, schema', 'in: query, style: pipeDelimited, explode: false, schema');
    const outcome = await both('--against', 'main');
    expect([outcome.code, withoutIds(outcome)]).toEqual([
      0,
      [
        'safe      out/specs/tiny-pets.yaml:9:5  listPets: request changed: argument "limit" is sent as "query style=pipeDelimited" instead of "query"  [id]',
        '1 change of the tool surface since main',
        'suggested version: 1.0.0 → 1.0.1 (patch)',
        'in step',
      ],
    ]);
  });

  it('reads the whole result where the list cannot tell what became of it', async () => {
    const properties = (id: string) =>
      `    Pett: { type: object, properties: { id: ${id}, name: { type: string } } }\n`;
    await change('    Pet: {', `${properties('{ type: integer }')}    Pet: {`);
    await change('type: array, items: {', 'allOf: [{');
    await change('/schemas/Pett" } }', '/schemas/Pett" }] }');
    git(dir, 'commit', '--quiet', '--all', '--message', 'y');
    await change('{ id: { type: integer }', '{ id: { type: integer, format: int64 }');
    const outcome = await both('--against', 'HEAD');
    expect([outcome.code, withoutIds(outcome)[0]]).toEqual([
      0,
      'risky     out/specs/tiny-pets.yaml:9:5  listPets: result field "id" changed its type from integer to integer or string  [id]',
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
    expect(annotationsOf(outcome)).toMatchObject([
      { level: 'error', file: 'out/specs/tiny-pets.yaml', line: '9', col: '5' },
      { level: 'warning', file: 'out/specs/tiny-pets.yaml', line: '22', col: '5' },
      { level: 'warning', message: 'deleteOrder: the title changed' },
    ]);
    const shown = linesOf(outcome).map((line) => line.replace(/ [0-9a-f]{12}::/, ' id::'));
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
    expect([outcome.code, linesOf(outcome)[0]]).toEqual([
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
