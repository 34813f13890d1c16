import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli, eachInPetsProject, edit, jsonOf, nextPetsYaml, petsYaml } from './support.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = 'mcp.yaml';
const next = nextPetsYaml;
const spec = 'specs/tiny-pets.yaml';

describe('regenerate --source', () => {
  beforeEach(() => writeFileSync(join(dir, 'new.yaml'), next));

  it('takes a new version, says what changes for callers and where, then the files', async () => {
    const { code, out, err } = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml']);
    expect([code, err]).toEqual([0, '']);
    const lines = out.replaceAll(/\[[0-9a-f]{12}\]/g, '[id]').split('\n');
    expect(lines.slice(0, 6)).toEqual([
      'tool surface: 3 changes: 2 breaking, 1 safe',
      'breaking  out/specs/tiny-pets.yaml:22:5 (before)  deleteOrder: was removed (tiny-pets DELETE /store/orders/{id})  [id]',
      'breaking  new.yaml:9:5  listPets: argument "limit" was removed  [id]',
      'safe      new.yaml:20:5  getPet: was added (tiny-pets GET /pets/{id})  [id]',
      '',
      'create    src/generated/tools/get-pet.ts',
    ]);
    expect(out).toContain('delete    src/generated/tools/delete-order.ts  (no longer generated)\n');
    expect(lines.at(-2)).toBe(
      'suggested version: 1.0.0 → 2.0.0 (major: 3 changes: 2 breaking, 1 safe); --bump writes it',
    );
    expect(read(spec)).toBe(next);
    expect(await cli(dir, ['check', 'out'])).toEqual({ code: 0, out: 'in step\n', err: '' });
    expect(await cli(dir, ['regenerate', 'out'])).toEqual({ code: 0, out: 'in step\n', err: '' });
  });

  it('writes nothing on a dry run, and says the same', async () => {
    const before = read('mcp.lock.json');
    const would = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--dry-run']);
    expect([read(spec), read('mcp.lock.json')]).toEqual([petsYaml, before]);
    const done = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml']);
    expect(would.out.replace('would change', 'changed')).toBe(done.out);
  });

  it('takes nothing of a document that cannot be read, nor while a conflict stands', async () => {
    writeFileSync(join(dir, 'bad.yaml'), 'openapi: 3.1.0\n');
    const bad = await cli(dir, ['regenerate', 'out', '--source', 'bad.yaml']);
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('MCP101')]);
    writeFileSync(join(root, 'TOOLS.md'), 'mine');
    const refused = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml']);
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('conflict  TOOLS.md')]);
    expect([read(spec), read('TOOLS.md')]).toEqual([petsYaml, 'mine']);
  });

  it('pins a document of several files, and says so in mcp.yaml without touching its comments', async () => {
    edit(join(root, manifest), (text) => `# mine\n${text}\n# the end\n`);
    mkdirSync(join(dir, 'api/schemas'), { recursive: true });
    const pet = 'type: object\nproperties: { name: { type: string } }\n';
    writeFileSync(join(dir, 'api/schemas/pet.yaml'), pet);
    writeFileSync(
      join(dir, 'api/tiny.yaml'),
      petsYaml.replace('#/components/schemas/Pett', './schemas/pet.yaml'),
    );
    const before = read(manifest);
    expect((await cli(dir, ['regenerate', 'out', '--source', 'api/tiny.yaml'])).code).toBe(0);
    expect(read(manifest)).toBe(
      before.replace('specs/tiny-pets.yaml', 'specs/tiny-pets/tiny.yaml'),
    );
    expect(read('specs/tiny-pets/schemas/pet.yaml')).toBe(pet);
    // The old one is the user's: it stays.
    expect(read(spec)).toBe(petsYaml);
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('takes a document from an address, and remembers it', async () => {
    const server = createServer((_, response) => response.end(next));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pets.yaml`;
    try {
      const taken = await cli(dir, [
        'regenerate',
        'out',
        '--source',
        `tiny-pets=${url}?key=SECRET`,
      ]);
      expect([taken.code, taken.err]).toEqual([0, '']);
      expect([read(spec), read(manifest)]).toEqual([
        next,
        expect.stringContaining(`documentUrl: ${url}\n`),
      ]);
      expect(read(manifest) + read('mcp.lock.json')).not.toContain('SECRET');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it.each([
    ['an unknown id', ['--source', 'shop=new.yaml'], 'MCP516  mcp.yaml has no input "shop"'],
    ['a missing file', ['--source', 'nowhere.yaml'], 'MCP102'],
  ])('refuses %s', async (_, flags, message) => {
    const { code, err } = await cli(dir, ['regenerate', 'out', ...flags]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('asks which input is meant where there are several', async () => {
    edit(join(root, manifest), (text) =>
      text.replace(
        'sources:\n',
        'sources:\n  more: { openapi: specs/tiny-pets.yaml, prefix: m_ }\n',
      ),
    );
    const { code, err } = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml']);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('which input is it? mcp.yaml has more, tiny-pets'),
    ]);
    expect((await cli(dir, ['regenerate', 'out', '--source', 'more=new.yaml'])).code).toBe(0);
    expect([read(spec), read('specs/more.yaml')]).toEqual([petsYaml, next]);
  });

  it('gives the same as JSON, by its published schema', async () => {
    const outcome = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--json']);
    expect(jsonOf('regenerate', outcome)).toMatchObject({
      ok: true,
      written: true,
      version: { from: '1.0.0', bump: 'major', to: '2.0.0', written: false },
      changes: [
        {
          class: 'breaking',
          code: 'tool-removed',
          tool: 'deleteOrder',
          place: { file: 'out/specs/tiny-pets.yaml', line: 22, version: 'before' },
        },
        { class: 'safe', code: 'tool-added', tool: 'getPet' },
        { class: 'breaking', code: 'argument-removed', tool: 'listPets' },
      ],
      warnings: [],
    });
  });
});

describe('package.json', () => {
  it('keeps what the user changed where the generator did too, and says so once', async () => {
    edit(join(root, 'package.json'), (text) => text.replace('"name": "out"', '"name": "mine"'));
    edit(join(root, manifest), (text) => text.replace('name: out', 'name: theirs'));
    const told = await cli(dir, ['regenerate', 'out']);
    expect(told.code).toBe(0);
    expect(told.out).toContain(
      'warning  MCP529  package.json: name stays "mine", generated is "theirs"\n',
    );
    expect(JSON.parse(read('package.json')).name).toBe('mine');
    expect((await cli(dir, ['regenerate', 'out'])).out).toBe('in step\n');
  });

  it.each([
    [
      'merge marks',
      (text: string) => text.replace('{', '<<<<<<< HEAD\n{'),
      'it holds merge marks, line 1',
    ],
    ['no JSON', () => '{ "name": ', 'it is not valid JSON'],
  ])('is no package.json with %s', async (_, change, reason) => {
    edit(join(root, 'package.json'), change);
    const broken = read('package.json');
    for (const command of ['regenerate', 'check']) {
      const { code, out } = await cli(dir, [command, 'out']);
      expect([code, out]).toEqual([1, expect.stringContaining(reason)]);
    }
    expect(read('package.json')).toBe(broken);
  });

  it('is not merged without what it was generated as', async () => {
    edit(join(root, 'package.json'), (text) => text.replace('"name": "out"', '"name": "mine"'));
    writeFileSync(join(root, '.mcp/base/package.json'), '{}');
    edit(join(root, manifest), (text) => text.replace('version: 1.0.0', 'version: 1.1.0'));
    const { code, out } = await cli(dir, ['regenerate', 'out']);
    expect([code, out]).toEqual([1, expect.stringContaining('its last generated text is lost')]);
  });
});

it('says what in mcp.yaml no longer fits, and keeps it', async () => {
  edit(join(root, manifest), (text) =>
    text.replace(
      'serve:',
      'tools: { deleteOrder: { handler: src/handlers/delete-order.ts } }\nserve:',
    ),
  );
  edit(join(root, manifest), (text) =>
    text.replace('openapi: specs', 'exclude: [tag:shop]\n    openapi: specs'),
  );
  await cli(dir, ['regenerate', 'out', '--quiet']);
  edit(join(root, 'src/handlers/delete-order.ts'), (text) => `// mine\n${text}`);
  writeFileSync(join(dir, 'new.yaml'), next);
  const { code, out } = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml']);
  expect(code).toBe(0);
  expect(out).toContain('MCP703  ');
  expect(out).toContain('MCP210  ');
  expect(read('src/handlers/delete-order.ts')).toMatch(/^\/\/ mine\n/);
  expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
});

describe('what a project must be', () => {
  it.each([
    [
      'merge marks in mcp.yaml',
      manifest,
      '<<<<<<< HEAD\nname: a\n',
      2,
      'MCP509  out/mcp.yaml holds the marks of a merge',
    ],
    [
      'merge marks in the lock',
      'mcp.lock.json',
      '{\n<<<<<<< HEAD\n',
      2,
      'MCP502  mcp.lock.json cannot be used: it holds merge marks, line 2',
    ],
    [
      'a path out of the project in the lock',
      'mcp.lock.json',
      `{"lockVersion":1,"generator":"1.0.0","inputs":{},"files":{"../x":{"owner":"managed","sha256":"${'a'.repeat(64)}"}}}`,
      2,
      '"../x" is not a path in the project',
    ],
    [
      'a newer generator',
      'mcp.lock.json',
      '{"lockVersion":1,"generator":"99.0.0","inputs":{},"files":{}}',
      2,
      'MCP512  this project was generated by create-mcp-server 99.0.0',
    ],
    [
      'a newer format of the lock',
      'mcp.lock.json',
      '{"lockVersion":2}',
      2,
      'was written by a newer create-mcp-server',
    ],
  ])('is refused with %s', async (_, path, text, want, message) => {
    writeFileSync(join(root, path), text);
    for (const command of ['regenerate', 'diff']) {
      const { code, err } = await cli(dir, [command, 'out']);
      expect([code, err]).toEqual([want, expect.stringContaining(message)]);
    }
    expect(read(path)).toBe(text);
  });

  it('is one with a manifest', async () => {
    rmSync(join(root, manifest));
    for (const command of ['regenerate', 'diff', 'check']) {
      const { code, err } = await cli(dir, [command, 'out']);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining('MCP506  there is no mcp.yaml in out'),
      ]);
    }
  });

  it('goes back to an older generator only when forced', async () => {
    edit(join(root, 'mcp.lock.json'), (text) =>
      text.replace('"generator": "0.1.0"', '"generator": "0.2.0"'),
    );
    const checked = await cli(dir, ['check', 'out']);
    expect([checked.code, checked.out]).toEqual([
      1,
      expect.stringContaining('MCP520  generated by create-mcp-server 0.2.0, and this is 0.1.0'),
    ]);
    expect((await cli(dir, ['regenerate', 'out', '--force'])).code).toBe(0);
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('adopts what is there when the lock was deleted', async () => {
    const lock = read('mcp.lock.json');
    rmSync(join(root, 'mcp.lock.json'));
    expect((await cli(dir, ['check', 'out'])).out).toContain('MCP523  mcp.lock.json is missing');
    expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
    expect(read('mcp.lock.json')).toBe(lock);
  });

  it('may be checked out with CRLF', async () => {
    for (const name of readdirSync(root, { recursive: true }).map(String)) {
      if (statSync(join(root, name)).isDirectory()) continue;
      edit(join(root, name), (text) => text.replaceAll('\n', '\r\n'));
    }
    const before = read('mcp.lock.json');
    expect(await cli(dir, ['check', 'out'])).toEqual({ code: 0, out: 'in step\n', err: '' });
    expect(await cli(dir, ['check', 'out', '--full'])).toMatchObject({ code: 0, out: 'in step\n' });
    expect(await cli(dir, ['regenerate', 'out'])).toMatchObject({ code: 0, out: 'in step\n' });
    expect(read('mcp.lock.json')).toBe(before);
    writeFileSync(join(dir, 'new.yaml'), next);
    await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--bump']);
    for (const path of ['TOOLS.md', 'mcp.lock.json', 'package.json', manifest, spec]) {
      expect(read(path).replaceAll('\r\n', ''), path).not.toContain('\n');
    }
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it.each<[string, (text: string) => string | Buffer]>([
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ])('may have inputs with %s, which stay as they are', async (_, encoded) => {
    const written = encoded(petsYaml.replace('List pets', 'Show pets'));
    writeFileSync(join(root, spec), written);
    expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
    expect(read('TOOLS.md')).toContain('Show pets');
    expect(readFileSync(join(root, spec))).toEqual(Buffer.from(written));
    for (const flags of [[], ['--full']]) {
      expect((await cli(dir, ['check', 'out', ...flags])).out).toBe('in step\n');
    }
  });

  it('keeps foreign files and files of the user in folders that disappear', async () => {
    edit(join(root, manifest), (text) =>
      text.replace('openapi: specs', 'exclude: [deleteOrder]\n    openapi: specs'),
    );
    writeFileSync(join(root, 'src/generated/tools/notes.txt'), 'mine');
    mkdirSync(join(root, 'src/mine'));
    writeFileSync(join(root, 'src/mine/a.ts'), 'mine');
    expect((await cli(dir, ['regenerate', 'out'])).code).toBe(0);
    expect([read('src/generated/tools/notes.txt'), read('src/mine/a.ts')]).toEqual([
      'mine',
      'mine',
    ]);
    expect(existsSync(join(root, 'src/generated/tools/delete-order.ts'))).toBe(false);
  });
});
