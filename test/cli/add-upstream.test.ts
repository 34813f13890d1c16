import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServer, type Fake } from '../federation/fake-upstream.js';
import { cli, petsProjects, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
let fake: Fake;
const projects = petsProjects();
const read = (path: string) => readFileSync(join(dir, path), 'utf8');
const add = (words: string[], env: Record<string, string> = {}) =>
  cli(join(dir, 'out'), ['add', 'mcp', ...words], { env });

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
