import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tree } from '../workspace/support.js';
import { cli, petsProjects, temporaryFolder } from './support.js';

const projects = petsProjects();
let dir: string;
let root: string;
let remove: () => void;
afterAll(() => projects.remove());
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  root = await projects.copyTo(dir);
});
afterEach(() => remove());

const manifest = () => readFileSync(join(root, 'mcp.yaml'), 'utf8');
const addPrompt = () => cli(root, ['add', 'prompt', 'greet', '--text', 'Hello.']);
const ENTRY = 'prompts:\n  greet:\n    messages:\n      - text: Hello.\n';

describe('add to an mcp.yaml that was written otherwise', () => {
  it.each<[string, (text: string) => string, (text: string) => string]>([
    ['CRLF', (text) => text.replaceAll('\n', '\r\n'), (want) => want.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\ufeff${text}`, (want) => `\ufeff${want}`],
    [
      'both',
      (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`,
      (want) => `\ufeff${want.replaceAll('\n', '\r\n')}`,
    ],
    ['comments at its end', (text) => `${text}# end\n`, (want) => `${want}# end\n`],
  ])('%s stays', async (_, odd, wanted) => {
    const before = manifest();
    writeFileSync(join(root, 'mcp.yaml'), odd(before));
    expect((await cli(root, ['regenerate', '.'])).code).toBe(0);
    const { code, err } = await addPrompt();
    expect([code, err]).toEqual([0, '']);
    const [head, rest] = before.split(/(?=^serve:)/m);
    expect(manifest()).toBe(wanted(`${head}${ENTRY}${rest}`));
    expect((await cli(root, ['check', '.'])).code).toBe(0);
  });

  it.each([
    ['empty', '', 'MCP113'],
    ['only comments', '# nothing yet\n', 'MCP113'],
    ['a key twice', 'tools: {}\ntools: {}\n', 'MCP736'],
    ['no map', '- a\n', 'MCP701'],
  ])('what cannot be used is refused, and nothing is written: %s', async (_, text, code) => {
    const given = code === 'MCP736' ? manifest() + text : text;
    writeFileSync(join(root, 'mcp.yaml'), given);
    const before = tree(root);
    const { code: exit, err } = await addPrompt();
    expect(exit).toBe(2);
    expect(err).toContain(code);
    expect(tree(root)).toEqual(before);
  });
});
