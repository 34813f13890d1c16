import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, temporaryFolder } from '../cli/support.js';

const run = promisify(execFile);
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

const operation = (method: string, id: string, parameter: string) => `
    ${method}:
      operationId: ${id}
      tags: [pets]
      summary: Does ${id}
      parameters:
        - { name: ${parameter}, in: query, schema: { type: integer } }
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { name: { type: string } } } }`;

const document = (...paths: string[]) =>
  `openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://api.example.com" }]
paths:${paths.join('')}
`;

const LIST = `\n  /pets:${operation('get', 'listPets', 'limit')}`;
const FIND = `\n  /find:${operation('get', 'findPets', 'age')}`;
const DROP = `\n  /drop:${operation('post', 'dropPets', 'age')}`;

const CUSTOM = `
tools:
  findPets: { handler: src/handlers/find-pets.ts }
  dropPets: { hidden: true }
  count:
    description: Counts pets.
    input: { type: object, properties: { age: { type: integer } } }
    handler: src/handlers/count.ts
hooks: src/hooks.ts
`;

/** Uses the types of the tool as people do. */
const FIND_HANDLER = `import type { FindPetsArguments, FindPetsResult } from '../generated/handlers/find-pets.js';
import type { Handler } from '../runtime/handler.js';

// Only the young ones.
export const handler: Handler<FindPetsArguments, FindPetsResult> = async (args, context) => {
  const { data } = await context.request({ age: Math.min(args.age ?? 1, 3) });
  return data.map((pet) => pet.name);
};
`;

const OWN = ['src/handlers/find-pets.ts', 'src/handlers/count.ts', 'src/hooks.ts'];

describe('a project with files of the user, when its input changes', () => {
  const { dir, remove } = temporaryFolder();
  const root = join(dir, 'server');
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  const before = new Map<string, string>();

  const typecheck = async () =>
    run(process.execPath, [join(modules, 'typescript/bin/tsc')], { cwd: root }).then(
      () => '',
      (failed: { stdout: string }) => failed.stdout,
    );

  beforeAll(async () => {
    writeFileSync(join(dir, 'old.yaml'), document(LIST, FIND, DROP));
    writeFileSync(join(dir, 'new.yaml'), document(LIST));
    const { code, err } = await cli(dir, ['old.yaml', 'server', '--yes', '--name', 'server']);
    expect([code, err]).toEqual([0, expect.any(String)]);
    symlinkSync(modules, join(root, 'node_modules'));
  });
  afterAll(remove);

  it('gets the files once that mcp.yaml names', async () => {
    write('mcp.yaml', read('mcp.yaml') + CUSTOM);
    expect((await cli(dir, ['check', 'server'])).code).toBe(1);
    const { code, out } = await cli(dir, ['regenerate', 'server']);
    expect([code, out]).toEqual([0, expect.any(String)]);
    for (const path of OWN) expect(out).toContain(path);
    expect(await typecheck()).toBe('');

    write('src/handlers/find-pets.ts', FIND_HANDLER);
    write('src/hooks.ts', `${read('src/hooks.ts')}\n// mine\n`);
    write('test/handlers/find-pets.test.ts', '// mine\n');
    expect((await cli(dir, ['check', 'server'])).code).toBe(0);
    expect((await cli(dir, ['check', 'server', '--full'])).code).toBe(0);
    expect(await typecheck()).toBe('');
    for (const path of [...OWN, 'test/handlers/find-pets.test.ts']) before.set(path, read(path));
  }, 120_000);

  it('tells what of theirs the input no longer has, and deletes nothing', async () => {
    const { code, out } = await cli(dir, [
      'regenerate',
      'server',
      '--source',
      'new.yaml',
      '--json',
    ]);
    expect([code, out]).toEqual([0, expect.any(String)]);
    const { findings } = JSON.parse(out) as { findings: Record<string, unknown>[] };
    const line = read('mcp.yaml')
      .split('\n')
      .indexOf('  findPets: { handler: src/handlers/find-pets.ts }');
    expect(findings.filter(({ code: found }) => found === 'MCP703')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message:
          'findPets is overridden in mcp.yaml, but the input no longer has it; src/handlers/find-pets.ts is kept',
        file: join('server', 'mcp.yaml'),
        line: line + 1,
        column: 3,
      }),
      expect.objectContaining({
        message: 'dropPets is changed in mcp.yaml, but the input no longer has it',
      }),
    ]);
    for (const [path, text] of before) expect(read(path)).toBe(text);
    expect(read('mcp.tools.json')).not.toContain('findPets');
    expect(read('mcp.yaml')).toContain(CUSTOM.trim().split('\n')[1]);
  });

  it('still compiles, is in step, and changes no more', async () => {
    expect(await typecheck()).toBe('');
    expect((await cli(dir, ['check', 'server', '--full'])).code).toBe(0);
    const again = await cli(dir, ['diff', 'server', '--json']);
    expect(again.code).toBe(0);
    for (const [path, text] of before) expect(read(path)).toBe(text);
  }, 60_000);

  it('gets the tool back when the input has it again', async () => {
    const { code } = await cli(dir, ['regenerate', 'server', '--source', 'old.yaml']);
    expect(code).toBe(0);
    expect(read('src/generated/tools/find-pets.ts')).toContain('handler: findPetsHandler,');
    for (const [path, text] of before) expect(read(path)).toBe(text);
    expect(await typecheck()).toBe('');
  }, 60_000);

  it('a clash is an error with place and fix, and nothing is written', async () => {
    const manifest = read('mcp.yaml');
    write('mcp.yaml', manifest.replace('dropPets: { hidden: true }', 'dropPets: { name: count }'));
    const { code, err } = await cli(dir, ['regenerate', 'server']);
    expect(code).toBe(2);
    expect(err).toMatch(/server[/\\]mcp\.yaml:\d+:\d+ +error +MCP704/);
    expect(err).toContain('two tools would be named count: dropPets, renamed (POST /drop)');
    expect(err).toContain('tools.dropPets.name');
    write('mcp.yaml', manifest);
    expect((await cli(dir, ['check', 'server'])).code).toBe(0);
  });
});
