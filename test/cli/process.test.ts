import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { petsYaml, temporaryFolder, withoutTimes } from './support.js';

const bin = fileURLToPath(new URL('../../bin/create-mcp-server.js', import.meta.url));
const trace = new URL('trace-imports.mjs', import.meta.url).href;

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
});
afterEach(() => remove());

function execute(args: string[], stdin = ''): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], CREATE_MCP_SERVER_CACHE: 'off' };
    const child = execFile(process.execPath, args, { cwd: dir, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err: withoutTimes(err) });
    });
    child.stdin!.end(stdin);
  });
}

describe('the program', () => {
  it('prints its version', async () => {
    expect(await execute([bin, '--version'])).toMatchObject({ code: 0, out: '0.1.0\n', err: '' });
  });

  it('answers with exit codes', async () => {
    expect((await execute([bin])).code).toBe(2);
    expect((await execute([bin, 'explain', 'MCP101'])).code).toBe(0);
    expect((await execute([bin, 'check'])).code).toBe(2);
  });

  it('makes a project from standard input without a terminal', async () => {
    const made = await execute([bin, '-', 'out', '--json'], petsYaml);
    expect([made.code, made.err]).toEqual([0, '']);
    expect(JSON.parse(made.out)).toMatchObject({ ok: true, tools: 2 });
    expect(readdirSync(dir)).toEqual(['out']);
  });

  it.each(['--help', '--version'])('%s loads neither parsers nor prettier', async (flag) => {
    const { err } = await execute(['--import', trace, bin, flag]);
    const loaded = err.split('\n').filter((line) => line.startsWith('loads file:'));
    expect(loaded.some((line) => line.endsWith('/dist/cli/run.js'))).toBe(true);
    const heavy =
      /\/(?:prettier|js-yaml|yaml|zod|handlebars|json-schema-to-typescript|tinyexec)\/|\/dist\/(?:sources|render|project|workspace)\//;
    expect(loaded.filter((line) => heavy.test(line))).toEqual([]);
  });

  it('check loads no parser and no formatter where hashes prove that nothing changed', async () => {
    await execute([bin, '-', 'out', '--quiet'], petsYaml);
    const { err } = await execute(['--import', trace, bin, 'check', 'out']);
    const loaded = err.split('\n').filter((line) => line.startsWith('loads file:'));
    expect(loaded.some((line) => line.endsWith('/dist/cli/check/by-hashes.js'))).toBe(true);
    const heavy =
      /\/(?:prettier|js-yaml|yaml|handlebars|json-schema-to-typescript|tinyexec|diff)\/|\/dist\/(?:sources|render|project)\//;
    expect(loaded.filter((line) => heavy.test(line))).toEqual([]);
  });

  it('stops on Ctrl-C while it waits for standard input', async () => {
    const child = spawn(process.execPath, [bin, '-', 'out'], { cwd: dir });
    child.stderr.resume();
    // Reading has begun once more was taken than fits into the pipe.
    await new Promise((resolve) => child.stdin.write(' '.repeat(300_000), resolve));
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('stops on Ctrl-C with 130 and leaves nothing behind', async () => {
    // The document never arrives, so that the signal meets a run that is at work.
    const asked = deferred();
    const server = createServer(() => asked.resolve());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
    const child = spawn(process.execPath, [bin, url, 'out'], { cwd: dir, stdio: 'ignore' });
    await asked.promise;
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(130);
    expect(readdirSync(dir)).toEqual([]);
  });
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

it('two runs at once leave one whole project', async () => {
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
  const runs = await Promise.all([1, 2, 3].map(() => execute([bin, 'openapi.yaml', 'out'])));
  expect(runs.some(({ code }) => code === 0)).toBe(true);
  for (const { code, err } of runs) {
    if (code !== 0) expect(err).toMatch(/MCP50[1458]|MCP510/);
  }
  expect((await execute([bin, 'check', 'out'])).code).toBe(0);
});

it('two regenerations at once leave one whole project, and whoever comes second is told', async () => {
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
  await execute([bin, 'openapi.yaml', 'out']);
  writeFileSync(join(dir, 'a.yaml'), petsYaml.replace('List pets', 'Show pets'));
  writeFileSync(join(dir, 'b.yaml'), petsYaml.replace('List pets', 'Name pets'));
  const runs = await Promise.all(
    ['a.yaml', 'b.yaml'].map((name) => execute([bin, 'regenerate', 'out', '--source', name])),
  );
  expect(runs.some(({ code }) => code === 0)).toBe(true);
  for (const { code, err } of runs) {
    if (code !== 0) expect([code, err]).toEqual([2, expect.stringMatching(/MCP505|MCP510/)]);
  }
  expect((await execute([bin, 'check', 'out', '--full'])).code).toBe(0);
});

it('nothing is read while another run is writing', async () => {
  await execute([bin, '-', 'out', '--quiet'], petsYaml);
  writeFileSync(join(dir, 'out/.mcp/run.pid'), String(process.pid));
  for (const command of ['regenerate', 'diff', 'check']) {
    const { code, err } = await execute([bin, command, 'out']);
    expect([code, err]).toEqual([2, expect.stringContaining(`process ${process.pid}`)]);
  }
});
