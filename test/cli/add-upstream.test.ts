import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogue } from '../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../templates/src/runtime/serve/create-server.js';
import { configureLog } from '../../templates/src/runtime/log.js';
import { listenHttp } from '../../templates/src/runtime/serve/serve-http.js';
import { fakeServer, type Fake } from '../federation/fake-upstream.js';
import { cli, petsProjects, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
let fake: Fake;
const projects = petsProjects();
const read = (path: string) => readFileSync(join(dir, path), 'utf8');
const add = (words: string[], env: Record<string, string> = {}) =>
  cli(join(dir, 'out'), ['add', 'mcp', ...words], { env });

afterAll(() => projects.remove());
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  await projects.copyTo(dir);
  fake = await fakeServer();
});
afterEach(async () => {
  remove();
  await fake.remove();
});

describe('add mcp', () => {
  it('pins what a server lists now, and the project is in step', async () => {
    const [program, script, folder] = fake.command as [string, string, string];
    const words = ['--id', 'fake', '--prefix', 'f', '--', program, script, '${FAKE_FOLDER}'];
    const unset = await add(words);
    expect([unset.code, unset.err]).toEqual([2, expect.stringContaining('FAKE_FOLDER is not set')]);
    const { code, out, err } = await add(words, { FAKE_FOLDER: folder });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^added sources\.fake \(mcp\): \d+ tools\n/);
    expect(out).toContain('set FAKE_FOLDER where the server runs; see .env.example');
    expect(read('out/mcp.yaml')).toContain(
      `  fake:\n    mcp: specs/fake.json\n    connect:\n      - command:\n          - ${program}\n          - ${script}\n          - \${FAKE_FOLDER}\n    prefix: f\n`,
    );
    expect(read('out/mcp.tools.json')).toContain('"f_echo"');
    expect(await cli(dir, ['check', 'out', '--full'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/in step/) as string,
    });
  });

  it('pins what a server lists over HTTP, which is told who asks by a setting', async () => {
    const upstream = await httpUpstream('Bearer geheim');
    try {
      const words = ['--id', 'far', '--header', 'Authorization=Bearer ${FAR_TOKEN}', upstream.url];
      const refused = await add(words, { FAR_TOKEN: 'wrong' });
      expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/MCP861[^]*401/)]);
      expect(refused.err).not.toContain('wrong');
      const { code, out, err } = await add(words, { FAR_TOKEN: 'geheim' });
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^added sources\.far \(mcp\): 1 tool\n/);
      expect(out).toContain('set FAR_TOKEN where the server runs; see .env.example');
      expect(read('out/mcp.yaml')).toContain(
        `  far:\n    mcp: specs/far.json\n    connect:\n      - url: ${upstream.url}\n        headers:\n          Authorization: Bearer \${FAR_TOKEN}\n`,
      );
      expect(read('out/mcp.tools.json')).toContain('"echo"');
      expect(read('out/.env.example')).toMatch(/\nFAR_TOKEN=\n/);
      const everything = read('out/specs/far.json') + read('out/mcp.lock.json') + out;
      expect(everything).not.toContain('geheim');
      expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
    } finally {
      await upstream.close();
    }
  });

  it('says no value of a setting where the server cannot be read', async () => {
    const words = ['--id', 'x', '--', 'no-such-program-here', '--token', '${X_TOKEN}'];
    const { code, err } = await add(words, { X_TOKEN: 'geheim' });
    expect(code).toBe(2);
    expect(err).toContain('the MCP server no-such-program-here --token ${X_TOKEN} cannot be read');
    expect(err).not.toContain('geheim');
  });

  it.each<[string, string[], RegExp]>([
    ['nothing', [], /MCP601[^]*add mcp https:/],
    ['two addresses', ['https://a.example', 'https://b.example'], /one word too many/],
    [
      'a secret in a header',
      ['https://a.example/mcp', '--header', 'Authorization=abc'],
      /--header, cannot be used: must be taken from the environment/,
    ],
    [
      'a header without a value',
      ['https://a.example/mcp', '--header', 'X'],
      /--header "X" is not like NAME=value/,
    ],
    ['a server that does not start', ['--', 'no-such-program-here'], /MCP861/],
  ])('refuses %s, with nothing written', async (_, words, message) => {
    const before = read('out/mcp.yaml');
    const { code, err } = await add(words);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(read('out/mcp.yaml')).toBe(before);
  });
});

/** A server over HTTP behind one that wants to know who asks. */
async function httpUpstream(authorization: string) {
  configureLog({}, () => {});
  const tools = [{ name: 'echo', description: 'Does echo.', inputSchema: { type: 'object' } }];
  const factory = createServerFactory(
    { name: 'far', title: 'Far', version: '1.0.0', transports: ['http'] },
    createCatalogue(tools),
    async () => ({ content: [] }),
  );
  const listening = { factory, env: {}, host: '127.0.0.1', port: 0, maxBodyBytes: 1_000_000 };
  const behind = await listenHttp(listening);
  const door = createServer((request, response) => {
    if (request.headers.authorization !== authorization) return response.writeHead(401).end();
    const { host: _, ...headers } = request.headers;
    const passed = httpRequest(behind.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    return request.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}/mcp`,
    close: async () => {
      door.close();
      door.closeAllConnections();
      await behind.close(100);
    },
  };
}
