import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder } from '../support/new-folder.js';
import { cli } from './support.js';

it.each<[string, string[], string[]]>([
  [
    'a command with a letter too few',
    ['regenrate'],
    ['MCP602  "regenrate" is not a command, a file or an address', 'did you mean "regenerate"?'],
  ],
  ['a flag that there is not', ['inspect', 'x.yaml', '--loud'], ['MCP603', 'see --help']],
  [
    'something to be added where no project is',
    ['add', 'openapi', './orders.yaml'],
    [
      'MCP519  there is no project in',
      'make one first: create-mcp-server ./orders.yaml my-server; then run this in it',
    ],
  ],
])('%s is refused: exit 2, and what to do', async (_, argv, said) => {
  const { code, out, err } = await cli(newFolder(), argv);
  expect([code, out]).toEqual([2, '']);
  for (const text of said) expect(err).toContain(text);
});

it('a folder in place of a file of the project is refused', async () => {
  const dir = newFolder();
  mkdirSync(join(dir, 'mcp.yaml'));
  const { code, err } = await cli(dir, ['check']);
  expect(code).toBe(2);
  expect(err).toContain('mcp.yaml');
});
