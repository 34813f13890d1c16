import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';
import { cli, petsYaml, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
});
afterEach(() => remove());

describe('refusals', () => {
  it.each<[string, string[], string]>([
    ['no source', [], 'error  MCP601  missing: the OpenAPI document'],
    ['a folder alone', ['my-server'], 'error  MCP601  missing: the OpenAPI document'],
    ['a mistyped command', ['regenrate'], 'fix  did you mean "regenerate"?'],
    [
      'an unknown flag',
      ['openapi.yaml', 'out', '--transprot', 'http'],
      'Unknown argument: transprot',
    ],
    [
      'a bad transport',
      ['openapi.yaml', 'out', '--transports', 'sse'],
      '"sse" is neither stdio nor http',
    ],
    ['a bad choice', ['openapi.yaml', 'out', '--output-schemas', 'all'], 'Invalid values'],
    [
      'a flag twice',
      ['openapi.yaml', 'out', '--name', 'a', '--name', 'b'],
      '--name is given more than once',
    ],
    ['a flag without value', ['openapi.yaml', 'out', '--name'], 'Not enough arguments'],
    ['a bad name', ['openapi.yaml', 'out', '--name', 'A B'], 'name'],
    ['a third word', ['openapi.yaml', 'out', 'more'], 'Unknown argument: more'],
    ['no project', ['regenerate'], 'error  MCP506  there is no mcp.yaml in .'],
    ['inspect without source', ['inspect'], 'MCP601  missing: the OpenAPI document'],
    ['explain without code', ['explain'], 'MCP601  missing: the code of a message'],
    [
      'a word alone',
      ['frobnicate'],
      'missing: the OpenAPI document or SQL schema (frobnicate was taken as the folder)',
    ],
    [
      'another protocol',
      ['ftp://x/y', 'out'],
      'ftp:// addresses are not read, only http, https, postgres, mysql and sqlite',
    ],
    ['a folder as source', ['.', 'out'], 'MCP822  . holds no SQL file'],
    ['a folder to inspect', ['inspect', '.'], 'MCP822  . holds no SQL file'],
    ['a cut flag', ['openapi.yaml', 'out', '--includ', 'x'], 'did you mean --include?'],
    [
      'a mistyped flag of two words',
      ['openapi.yaml', 'out', '--bse-url', 'x'],
      'Unknown argument: bse-url; did you mean --base-url?',
    ],
    ['an unusable name', ['openapi.yaml', 'out', '--name', 'A B/c'], '--name cannot be used: '],
    ['no address', ['openapi.yaml', 'out', '--base-url', 'x-y'], '--base-url cannot be used: '],
    [
      'an unknown code',
      ['explain', 'MCP999'],
      'error  MCP604  there is no message with the code MCP999',
    ],
  ])('%s: exit 2, told on stderr, nothing written', async (_, argv, message) => {
    const { code, out, err } = await cli(dir, argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });

  it('shows where a document is broken', async () => {
    writeFileSync(join(dir, 'bad.json'), '{\n  "openapi": "3.0.0",\n  "paths": {},,\n}\n');
    const { code, err } = await cli(dir, ['bad.json', 'out']);
    expect(code).toBe(2);
    expect(err).toMatch(/^bad\.json:3:15 {2}error {2}MCP103 {2}this is not valid JSON/);
    expect(err).toContain('> 3 |   "paths": {},,\n    |               ^\n');
    expect(readdirSync(dir)).toEqual(['bad.json', 'openapi.yaml']);
  });

  it('tells errors as one object with --json', async () => {
    writeFileSync(join(dir, 'page.html'), '<!doctype html><html></html>');
    const { code, out, err } = await cli(dir, ['page.html', 'out', '--json']);
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      exitCode: 2,
      errors: [
        expect.objectContaining({
          code: 'MCP111',
          message: 'page.html is a web page, not a document',
        }),
      ],
    });
  });

  it('calls everything unforeseen a bug', async () => {
    const io = { signal: new AbortController().signal, stderr: { write: () => true } };
    const broken = {
      ...io,
      stdout: {
        write: () => {
          throw new Error('no stdout');
        },
      },
    };
    expect(await run(['--version'], broken as unknown as Io)).toBe(70);
  });
});
