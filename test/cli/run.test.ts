import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canAsk, type Io } from '../../src/cli/io.js';
import { cli, petsYaml, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
});
afterEach(() => remove());

const read = (path: string) => readFileSync(join(dir, path), 'utf8');

describe('scaffold', () => {
  it('makes a project, says what, and stays in step', async () => {
    const made = await cli(dir, ['openapi.yaml', 'my-server']);
    expect(made.code).toBe(0);
    expect(made.out).toMatch(
      /^my-server holds an MCP server with 2 tools: \d+ files in \d+\.\d s\n/,
    );
    expect(made.out).toMatch(/its tool list costs about [\d,]+ tokens/);
    expect(made.out).toContain(
      'next\n  cd my-server && npm install\n  npm run build && npm start\n',
    );
    expect(made.out).toContain('  npx create-mcp-server openapi.yaml my-server --yes\n');
    expect(read('my-server/mcp.yaml')).toContain('openapi: specs/tiny-pets.yaml');
    expect(read('my-server/specs/tiny-pets.yaml')).toBe(petsYaml);
    expect(readdirSync(join(dir, 'my-server')).filter((name) => name === '.mcp')).toHaveLength(1);
    for (const command of ['regenerate', 'diff', 'check']) {
      expect(await cli(dir, [command, 'my-server']), command).toEqual({
        code: 0,
        out: 'in step\n',
        err: '',
      });
    }
    expect(await cli(join(dir, 'my-server'), ['check'])).toMatchObject({ code: 0 });
  });

  it('names the folder after the document', async () => {
    expect((await cli(dir, ['openapi.yaml'])).code).toBe(0);
    expect(readdirSync(dir)).toEqual(['openapi.yaml', 'tiny-pets-mcp']);
    expect(JSON.parse(read('tiny-pets-mcp/package.json'))).toMatchObject({ name: 'tiny-pets-mcp' });
  });

  it('reads standard input', async () => {
    const made = await cli(dir, ['-', 'out'], { stdin: petsYaml });
    expect(made.code).toBe(0);
    expect(read('out/specs/tiny-pets.yaml')).toBe(petsYaml);
  });

  it('keeps its flags in mcp.yaml and in the command that repeats it', async () => {
    const flags = [
      '--name',
      '@acme/pets',
      '--transport',
      'http',
      '--base-url',
      'https://x.example.com',
    ];
    const selection = [
      '--include',
      'tag:pets',
      '--include',
      'DELETE /store/**',
      '--exclude',
      'deleteOrder',
    ];
    const made = await cli(dir, [
      'openapi.yaml',
      'out',
      ...flags,
      ...selection,
      '--output-schemas',
      'off',
    ]);
    expect(made.code).toBe(0);
    expect(made.out).toContain('with 1 tool:');
    expect(made.out).toContain(
      'openapi.yaml out --name @acme/pets --transports http --base-url https://x.example.com ' +
        "--include tag:pets --include 'DELETE /store/**' --exclude deleteOrder --output-schemas off --yes",
    );
    const manifest = read('out/mcp.yaml');
    for (const text of [
      '@acme/pets',
      'https://x.example.com',
      'tag:pets',
      'DELETE /store/**',
      'schemas: off',
      '- http',
    ]) {
      expect(manifest).toContain(text);
    }
    expect(manifest).not.toContain('stdio');
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('pins every file of a document', async () => {
    mkdirSync(join(dir, 'api/schemas'), { recursive: true });
    const pet = 'type: object\nproperties: { name: { type: string } }\n';
    writeFileSync(join(dir, 'api/schemas/pet.yaml'), pet);
    const text = petsYaml.replace('#/components/schemas/Pett', './schemas/pet.yaml');
    writeFileSync(join(dir, 'api/tiny.yaml'), text);
    expect(await cli(dir, ['api/tiny.yaml', 'out'])).toMatchObject({ code: 0, err: '' });
    expect(read('out/specs/tiny/tiny.yaml')).toBe(text);
    expect(read('out/specs/tiny/schemas/pet.yaml')).toBe(pet);
    expect(
      await cli(dir, ['check', 'out', '--json']).then(({ out }) => JSON.parse(out).findings),
    ).toEqual([]);
  });

  it('does not pin files that are no documents', async () => {
    mkdirSync(join(dir, 'api'), { recursive: true });
    writeFileSync(join(dir, 'api/notes.txt'), 'a line that nobody wanted to share\n');
    writeFileSync(join(dir, 'api/key.pem'), '-----BEGIN KEY-----\n{ "a": [\n-----END KEY-----\n');
    const text = petsYaml
      .replace('#/components/schemas/Pett', './notes.txt')
      .replace('schema: { type: integer }', 'schema: { $ref: ./key.pem }');
    writeFileSync(join(dir, 'api/tiny.yaml'), text);
    const { out, code } = await cli(dir, ['api/tiny.yaml', 'out', '--json']);
    expect(code).toBe(0);
    expect(readdirSync(join(dir, 'out/specs'))).toEqual(['tiny.yaml']);
    expect(JSON.parse(out).findings).toMatchObject([
      { code: 'MCP106', message: expect.stringContaining('key.pem') },
      { code: 'MCP106', message: expect.stringContaining('it is plain text') },
    ]);
  });

  it('prints one object and nothing else with --json', async () => {
    const made = await cli(dir, ['openapi.yaml', 'out', '--json']);
    expect([made.code, made.err]).toEqual([0, '']);
    const report = JSON.parse(made.out);
    expect(report).toMatchObject({
      ok: true,
      command: 'scaffold',
      dir: 'out',
      name: 'out',
      tools: 2,
      skipped: [],
      installed: false,
      repeat: 'npx create-mcp-server openapi.yaml out --yes',
    });
    expect(report.files).toContainEqual({ path: 'mcp.yaml', action: 'create' });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: 'MCP104',
        severity: 'error',
        file: 'openapi.yaml',
        line: 20,
      }),
    );
  });

  it('writes nothing on a dry run', async () => {
    const made = await cli(dir, ['openapi.yaml', 'out', '--dry-run']);
    expect(made.code).toBe(0);
    expect(made.out).toContain('out would hold an MCP server with 2 tools');
    expect(made.out).toContain('dry run: nothing was written');
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });

  it('prints nothing with --quiet', async () => {
    expect(await cli(dir, ['openapi.yaml', 'out', '--quiet'])).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  it('refuses a folder with content, and adds to it when forced', async () => {
    mkdirSync(join(dir, 'out/.git'), { recursive: true });
    writeFileSync(join(dir, 'out/notes.txt'), 'mine');
    writeFileSync(join(dir, 'out/TOOLS.md'), 'mine');
    writeFileSync(join(dir, 'out/README.md'), 'mine');
    const refused = await cli(dir, ['openapi.yaml', 'out']);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('MCP504  out is not empty (README.md, TOOLS.md, notes.txt)');
    expect(existsSync(join(dir, 'out/mcp.yaml'))).toBe(false);

    const forced = await cli(dir, ['openapi.yaml', 'out', '--force']);
    expect(forced.code).toBe(0);
    expect(forced.out).toContain('overwrote 1 file\n  TOOLS.md\n');
    expect([read('out/notes.txt'), read('out/README.md')]).toEqual(['mine', 'mine']);
    expect(read('out/TOOLS.md')).not.toBe('mine');
  });

  it('does not make a project twice', async () => {
    await cli(dir, ['openapi.yaml', 'out', '--quiet']);
    const again = await cli(dir, ['openapi.yaml', 'out']);
    expect(again.code).toBe(2);
    expect(again.err).toContain('MCP508  out holds a generated project already');
    expect(again.err).toContain('regenerate out');
  });

  it('refuses a file as folder', async () => {
    const made = await cli(dir, ['openapi.yaml', 'openapi.yaml/x']);
    expect([made.code, made.err.split('\n')[0]]).toEqual([
      2,
      'error  MCP507  openapi.yaml/x cannot hold a project: it is a file',
    ]);
  });

  it('leaves no trace when it is cancelled', async () => {
    const made = await cli(dir, ['openapi.yaml', 'out'], { signal: AbortSignal.abort() });
    expect(made).toEqual({ code: 130, out: '', err: 'cancelled, nothing written\n' });
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });

  it('G13 refuses credentials in a base address without repeating them', async () => {
    const made = await cli(dir, [
      'openapi.yaml',
      'out',
      '--base-url',
      'https://u:SECRET@x.example.com',
    ]);
    expect(made.code).toBe(2);
    expect(made.err).toContain('MCP114');
    expect(made.out + made.err).not.toContain('SECRET');
  });
});

describe('regenerate, diff and check', () => {
  beforeEach(() => cli(dir, ['openapi.yaml', 'out', '--quiet']));

  it('follow the manifest', async () => {
    const manifest = read('out/mcp.yaml').replace(
      'openapi: specs',
      'exclude: [deleteOrder]\n    openapi: specs',
    );
    writeFileSync(join(dir, 'out/mcp.yaml'), manifest);
    const told = await cli(dir, ['diff', 'out']);
    expect(told.code).toBe(1);
    expect(told.out).toContain(
      'delete    src/generated/tools/delete-order.ts  (no longer generated)',
    );
    expect((await cli(dir, ['check', 'out'])).code).toBe(1);
    const done = await cli(dir, ['regenerate', 'out']);
    expect([done.code, existsSync(join(dir, 'out/src/generated/tools/delete-order.ts'))]).toEqual([
      0,
      false,
    ]);
    expect(await cli(dir, ['check', 'out'])).toMatchObject({ code: 0, out: 'in step\n' });
  });

  it('see missing and edited files', async () => {
    writeFileSync(join(dir, 'out/TOOLS.md'), 'mine');
    const edited = await cli(dir, ['check', 'out']);
    expect([edited.code, edited.out]).toEqual([
      1,
      'error  MCP524  TOOLS.md was edited by hand\n' +
        'fix    undo the edit, or keep it for good with eject TOOLS.md\n' +
        '1 finding\n',
    ]);
    expect((await cli(dir, ['diff', 'out'])).code).toBe(0);
  });

  it('write nothing while a conflict stands, unless forced', async () => {
    writeFileSync(join(dir, 'out/TOOLS.md'), 'mine');
    writeFileSync(
      join(dir, 'out/specs/tiny-pets.yaml'),
      petsYaml.replace('List pets', 'Show pets'),
    );
    const before = read('out/mcp.lock.json');
    const refused = await cli(dir, ['regenerate', 'out']);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('conflict  TOOLS.md  (edited, and changed by the generator)');
    expect([read('out/TOOLS.md'), read('out/mcp.lock.json')]).toEqual(['mine', before]);
    const forced = await cli(dir, ['regenerate', 'out', '--force', '--json']);
    expect(forced.code).toBe(0);
    expect(read('out/TOOLS.md')).toContain('Show pets');
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('refuse a broken manifest and a broken lock, with their place', async () => {
    const lock = read('out/mcp.lock.json');
    writeFileSync(join(dir, 'out/mcp.lock.json'), '<<<<');
    expect((await cli(dir, ['check', 'out'])).err).toContain(
      'MCP502  mcp.lock.json cannot be used: it is not JSON',
    );
    writeFileSync(join(dir, 'out/mcp.lock.json'), lock);
    writeFileSync(join(dir, 'out/mcp.yaml'), read('out/mcp.yaml').replace('sources:', 'sorces:'));
    const { code, err } = await cli(dir, ['check', 'out']);
    expect(code).toBe(2);
    expect(err).toMatch(/^out\/mcp\.yaml:\d+:1 {2}error/m);
    expect(err).toContain('sources');
  });
});

describe('inspect', () => {
  it('shows tools, cost and findings within 100 columns, and writes nothing', async () => {
    const { code, out, err } = await cli(dir, ['inspect', 'openapi.yaml']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Tiny Pets API: 2 tools, about \d+ tokens\n/);
    expect(out).toMatch(/^ {2}listPets {2}GET \/pets +\d+ tokens$/m);
    expect(out).toContain('      limit?: integer\n');
    expect(out).toContain('openapi.yaml:20:47  error  MCP104  $ref "#/components/schemas/Pett"');
    expect(out).toContain('fix  did you mean "#/components/schemas/Pet"?');
    const wide = out.split('\n').filter((line) => line.length > 100 && !line.includes('MCP104'));
    expect(wide.filter((line) => !/^[> ] *\d* \|/.test(line))).toEqual([]);
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });

  it('gives the same as JSON', async () => {
    const { out } = await cli(dir, ['inspect', 'openapi.yaml', '--json', '--include', 'tag:store']);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      tools: [
        {
          name: 'deleteOrder',
          method: 'DELETE',
          path: '/store/orders/{id}',
          arguments: [{ name: 'id', type: 'string', required: true }],
        },
      ],
    });
  });
});

it('explain says what a code means', async () => {
  const { code, out } = await cli(dir, ['explain', 'mcp104']);
  expect([code, out.split('\n')[0]]).toEqual([0, 'MCP104  error  $ref "<ref>" points to nothing']);
  expect(JSON.parse((await cli(dir, ['explain', 'MCP104', '--json'])).out).code).toBe('MCP104');
});

it.each<[string, boolean, boolean, string | undefined, boolean, boolean]>([
  ['a terminal', true, true, undefined, false, true],
  ['a pipe in', false, true, undefined, false, false],
  ['a pipe out', true, false, undefined, false, false],
  ['CI', true, true, 'true', false, false],
  ['CI=false', true, true, 'false', false, true],
  ['--yes', true, true, undefined, true, false],
])(
  'questions are asked on %s: in %s, out %s, CI %s, yes %s → %s',
  (_, stdin, stdout, ci, yes, want) => {
    const io = { stdin: { isTTY: stdin }, stdout: { isTTY: stdout }, env: { CI: ci } };
    expect(canAsk(io as unknown as Io, yes)).toBe(want);
  },
);
