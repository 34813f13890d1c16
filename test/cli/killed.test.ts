import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tree } from '../workspace/support.js';
import { nextPetsYaml, petsProjects, temporaryFolder } from './support.js';

const bin = fileURLToPath(new URL('../../bin/create-mcp-server.js', import.meta.url));
const signalAt = new URL('signal-at.mjs', import.meta.url).href;

type End = { code: number | null; signal: NodeJS.Signals | null; err: string };

const projects = petsProjects();
const finished = temporaryFolder();
let before: Record<string, string>;
let after: Record<string, string>;
/** What a run that nobody ends makes of the project. */
beforeAll(async () => {
  const root = await projects.copyTo(finished.dir);
  before = tree(root);
  writeFileSync(join(finished.dir, 'new.yaml'), nextPetsYaml);
  await regenerate(finished.dir);
  after = tree(root);
}, 60_000);
afterAll(() => {
  projects.remove();
  finished.remove();
});

let dir: string;
let root: string;
let remove: () => void;
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  root = await projects.copyTo(dir);
  writeFileSync(join(dir, 'new.yaml'), nextPetsYaml);
});
afterEach(() => remove());

function regenerate(cwd: string, at?: string): Promise<End> {
  return command(['regenerate', 'out', '--source', 'new.yaml', '--quiet'], cwd, at);
}

function command(words: string[], cwd: string, at?: string): Promise<End> {
  const env = { PATH: process.env['PATH'], CREATE_MCP_SERVER_CACHE: 'off', SIGNAL_AT: at };
  const args = [bin, ...words];
  return new Promise((resolve) => {
    const all = at === undefined ? args : ['--import', signalAt, ...args];
    const child = execFile(process.execPath, all, { cwd, env }, (_, _out, err) => {
      resolve({ code: child.exitCode, signal: child.signalCode, err });
    });
  });
}

it.each(['SIGINT', 'SIGTERM'])(
  '%s while texts are staged leaves everything as it was',
  async (s) => {
    const end = await regenerate(dir, `${s} writeFile 4`);
    expect(end).toEqual({ code: 130, signal: null, err: 'cancelled, nothing written\n' });
    expect(tree(root)).toEqual(before);
    expect((await regenerate(dir)).code).toBe(0);
    expect(tree(root)).toEqual(after);
  },
);

it.each(['SIGINT', 'SIGTERM'])('%s between two moves lets the run finish', async (signal) => {
  const end = await regenerate(dir, `${signal} rename 3`);
  expect(end).toEqual({ code: 130, signal: null, err: '' });
  expect(tree(root)).toEqual(after);
});

describe('add', () => {
  const add = (at?: string) =>
    command(
      ['add', 'openapi', '../new.yaml', '--id', 'more', '--prefix', 'more'],
      join(dir, 'out'),
      at,
    );

  it('a signal while texts are staged leaves everything as it was, and later lets it finish', async () => {
    const end = await add('SIGINT writeFile 3');
    expect(end).toMatchObject({ code: 130, signal: null });
    expect(end.err).toContain('cancelled, nothing written\n');
    expect(tree(root)).toEqual(before);
    const late = await add('SIGINT rename 2');
    expect(late).toMatchObject({ code: 130, signal: null });
    expect(late.err).not.toContain('nothing written');
    const done = tree(root);
    expect(done['mcp.yaml']).toContain('openapi: specs/more.yaml');
    expect(done['specs/more.yaml']).toBe(nextPetsYaml);
    expect(Object.keys(done).filter((path) => path.includes('stage-'))).toEqual([]);
    expect((await command(['check', 'out', '--quiet'], dir)).code).toBe(0);
  });

  it('what was killed between two moves is finished by adding it again', async () => {
    expect(await add('SIGKILL rename 2')).toMatchObject({ signal: 'SIGKILL' });
    expect(await add()).toMatchObject({ code: 0, signal: null });
    const done = tree(root);
    expect(done['mcp.yaml']).toContain('openapi: specs/more.yaml');
    expect(done['specs/more.yaml']).toBe(nextPetsYaml);
    expect((await command(['check', 'out', '--quiet'], dir)).code).toBe(0);
  });
});

it.each(['writeFile 4', 'rename 1', 'rename 6', 'rm 3'])(
  'the next run heals one that was killed before %s',
  async (moment) => {
    expect(await regenerate(dir, `SIGKILL ${moment}`)).toMatchObject({ signal: 'SIGKILL' });
    expect(tree(root)).not.toEqual(after);
    expect(existsSync(join(root, '.mcp/run.pid'))).toBe(true);
    expect(await regenerate(dir)).toEqual({ code: 0, signal: null, err: '' });
    expect(tree(root)).toEqual(after);
  },
);
