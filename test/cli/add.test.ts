import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { cli, edit, jsonOf, petsProjects, temporaryFolder } from './support.js';

const ORDERS = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      summary: Get an order
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: ok } }
`;
const SHOP = 'CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n';

const projects = petsProjects();
let dir: string;
let remove: () => void;
const read = (path: string) => readFileSync(join(dir, path), 'utf8');
const add = (...words: string[]) => cli(join(dir, 'out'), ['add', ...words]);

afterAll(() => projects.remove());
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  await projects.copyTo(dir);
  writeFileSync(join(dir, 'orders.yaml'), ORDERS);
  writeFileSync(join(dir, 'shop.sql'), SHOP);
});
afterEach(() => remove());

describe('add', () => {
  it('an API: comments and order stay, the document is pinned, and the project is in step', async () => {
    edit(join(dir, 'out/mcp.yaml'), (text) =>
      text
        .replace('serve:', '# how it is served\nserve: # both')
        .replace('sources:', 'sources: # mine'),
    );
    const before = read('out/mcp.yaml');
    const { code, out, err } = await add('openapi', '../orders.yaml', '--prefix', 'shop');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^added sources\.orders \(openapi\): 1 tool\n\ntool surface: 1 change: 1 safe\n/,
    );
    expect(out).toMatch(/safe {6}.*shop_getOrder: was added/);
    expect(out).toContain('(minor: 1 change: 1 safe); version in mcp.yaml sets it\n');
    expect(out).toMatch(
      /\nnext\n {2}set ORDERS_BASE_URL where the server runs; see \.env\.example\n {2}npm run build && npm test\n$/,
    );
    expect(read('out/mcp.yaml')).toBe(
      before.replace(
        '# how it is served',
        '  orders:\n    openapi: specs/orders.yaml\n    prefix: shop\n# how it is served',
      ),
    );
    expect(read('out/specs/orders.yaml')).toBe(ORDERS);
    expect(read('out/.env.example')).toMatch(/\nORDERS_BASE_URL=\n/);
    expect(read('out/mcp.tools.json')).toContain('"shop_getOrder"');
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('a database, told in JSON as the schema says', async () => {
    const done = await add('sql', '../shop.sql', '--dialect', 'sqlite', '--id', 'crm', '--json');
    expect(jsonOf('add', done)).toMatchObject({
      ok: true,
      command: 'add',
      kind: 'sql',
      id: 'crm',
      written: true,
      added: ['aggregate_rows', 'describe_tables', 'get_customer', 'list_customer', 'search_rows'],
      next: ['npm install', 'npm run build && npm test'],
    });
    expect(read('out/mcp.yaml')).toContain('  crm:\n    sql: specs/crm.sql\n    dialect: sqlite\n');
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('settings at the end of an .env.example that was changed, and no others', async () => {
    edit(join(dir, 'out/.env.example'), () => '# mine\r\nA=1\r\n');
    expect((await add('openapi', '../orders.yaml')).out).toMatch(
      /merge {5}\.env\.example {2}\(its new settings\)\n/,
    );
    const after = read('out/.env.example');
    expect(after).toMatch(
      /^# mine\r\nA=1\r\n\r\n# [^\r]+ \(required\)\r\nORDERS_BASE_URL=\r\n\r\n# [^\r]+ \(optional\)\r\n# ORDERS_TOKEN=\r\n$/,
    );
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
    edit(join(dir, 'out/.env.example'), (text) => text.replace('A=1', 'DOCS=x'));
    expect((await add('filesystem', 'DOCS')).out).not.toMatch(/^(?:merge|update) +\.env/m);
  });

  it('the packages of a database to package.json and to its lock file', async () => {
    await add('sql', '../shop.sql', '--dialect', 'sqlite');
    for (const file of ['out/package.json', 'out/package-lock.json'])
      expect(read(file)).toContain('"node-sqlite3-wasm"');
  });

  it('the folder of made-up rows to a .gitignore that nobody changed', async () => {
    expect(read('out/.gitignore')).not.toContain('/data/');
    const { out } = await add('sql', '../shop.sql', '--dialect', 'sqlite');
    expect(out).toMatch(/^update {4}\.gitignore$/m);
    expect(read('out/.gitignore')).toMatch(/^\/data\/$/m);
  });

  it('a file of SQLite, found from the folder of the project', async () => {
    const { Database } = (await import('node-sqlite3-wasm')).default;
    const file = new Database(join(dir, 'shop.db'));
    file.exec(SHOP);
    file.close();
    expect((await add('sql', join(dir, 'shop.db'))).err).toBe('');
    expect(read('out/mcp.yaml')).toContain('database: ${DATABASE_URL:-sqlite:../shop.db}\n');
  });

  it('what was read once is not read again', async () => {
    const phases: string[] = [];
    const stderr = { isTTY: true, write: (text: string) => phases.push(text) };
    const given = { cwd: join(dir, 'out'), stdin: Readable.from([]), stdout: { write: () => {} } };
    const env = { CREATE_MCP_SERVER_CACHE: 'off' };
    const io = { ...given, env, stderr, signal: new AbortController().signal };
    expect(await run(['add', 'openapi', '../orders.yaml'], io)).toBe(0);
    const shown = phases.filter((text) => /reading \S*orders|making tools/.test(text));
    expect(shown).toEqual(['\r\u001b[K… reading ../orders.yaml', '\r\u001b[K… making tools']);
  });

  it('a tool: a schema in mcp.yaml and a handler to write', async () => {
    const flags = ['--description', 'A price.', '--argument', 'pieces:integer how many'];
    const done = await cli(dir, [
      'add',
      'tool',
      'priceOf',
      '--dir',
      'out',
      ...flags,
      '--argument',
      'city?',
    ]);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(done.out).toMatch(/^added tools\.priceOf \(tool\): 1 tool\n/);
    expect(done.out).toMatch(
      /next\n {2}write src\/handlers\/price-of\.ts\n {2}cd out && npm run build && npm test\n$/,
    );
    expect(read('out/mcp.yaml')).toContain(`tools:
  priceOf:
    description: A price.
    input:
      type: object
      properties:
        pieces:
          type: integer
          description: how many
        city:
          type: string
      required:
        - pieces
    handler: src/handlers/price-of.ts
serve:
`);
    expect(existsSync(join(dir, 'out/src/handlers/price-of.ts'))).toBe(true);
    const again = await add('tool', 'other', '--description', 'x', '--input', '{"type":"object"}');
    expect(again.code).toBe(0);
    expect(read('out/mcp.yaml')).toMatch(/priceOf:[^]* other:\n {4}description: x\n[^]*serve:/);
  });

  it('folders, a prompt and a resource', async () => {
    const folders = await add('filesystem', 'DOCS_ROOT=./docs', '--extension', '.md');
    expect([folders.code, folders.err]).toEqual([0, '']);
    expect(folders.out).toMatch(/^added sources\.docs \(filesystem\): 6 tools\n/);
    const prompt = await add(
      ...[
        'prompt',
        'adopt',
        '--text',
        'Find a ${args.species}.',
        '--argument',
        'species which kind',
      ],
    );
    expect([prompt.code, prompt.err]).toEqual([0, '']);
    expect(prompt.out).toMatch(/^added prompts\.adopt \(prompt\)\n/);
    const resource = await add(
      'resource',
      'house-rules',
      '--text',
      'No feeding.',
      '--uri',
      'shop://rules',
    );
    expect([resource.code, resource.err]).toEqual([0, '']);
    expect(read('out/mcp.yaml')).toContain(`  docs:
    filesystem:
      - \${DOCS_ROOT:-./docs}
    extensions:
      - .md
resources:
  house-rules:
    uri: shop://rules
    text: No feeding.
prompts:
  adopt:
    arguments:
      species:
        description: which kind
        required: true
    messages:
      - text: Find a \${args.species}.
serve:
`);
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it('what is piped in, and a folder of migrations, from a folder of the project', async () => {
    mkdirSync(join(dir, 'migrations'));
    writeFileSync(join(dir, 'migrations/1_first.sql'), SHOP);
    const inside = join(dir, 'out/src');
    const piped = await cli(inside, ['add', 'openapi', '-', '--id', 'piped'], { stdin: ORDERS });
    expect([piped.code, piped.err]).toEqual([0, '']);
    expect(read('out/specs/piped.yaml')).toBe(ORDERS);
    const flags = ['--dialect', 'sqlite'];
    const folder = await cli(inside, ['add', 'sql', '../../migrations', ...flags]);
    expect([folder.code, folder.err]).toEqual([0, '']);
    expect(read('out/mcp.yaml')).toContain('    sql: specs/migrations\n    dialect: sqlite\n');
    expect(await cli(dir, ['check', 'out', '--full'])).toMatchObject({ code: 0, err: '' });
  });

  it('--dry-run writes nothing', async () => {
    const before = read('out/mcp.yaml');
    const { code, out } = await add('openapi', '../orders.yaml', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^would add sources\.orders \(openapi\): 1 tool\n/);
    expect(read('out/mcp.yaml')).toBe(before);
    expect(existsSync(join(dir, 'out/specs/orders.yaml'))).toBe(false);
  });

  it.each<[string, string[], RegExp]>([
    [
      'an id that is there',
      ['openapi', '../orders.yaml', '--id', 'tiny-pets'],
      /MCP605 {2}mcp\.yaml has a source tiny-pets already/,
    ],
    ['an invalid id', ['openapi', '../orders.yaml', '--id', 'X'], /--id cannot be used/],
    [
      'an invalid prefix',
      ['openapi', '../orders.yaml', '--prefix', '9!'],
      /--prefix cannot be used/,
    ],
    [
      'an address that is none',
      ['openapi', '../orders.yaml', '--base-url', 'x'],
      /--base-url cannot be used/,
    ],
    ['a selector without use', ['openapi', '../orders.yaml', '--include', 'tag:x'], /--include/],
    [
      'names that clash',
      ['openapi', '../openapi.yaml', '--id', 'twin'],
      /MCP606 {2}tiny-pets and twin both have tools named: listPets, deleteOrder\n.*--prefix twin/,
    ],
    [
      'another kind',
      ['sql', '../orders.yaml'],
      /is an OpenAPI document, not an SQL schema: add openapi/,
    ],
    ['no document', ['openapi'], /MCP601[^]*add openapi <file or address>/],
    ['no such file', ['openapi', 'nothing.yaml'], /MCP102/],
    ['an unknown kind', ['opneapi', 'x'], /did you mean openapi\?/],
    ['no kind', [], /MCP601[^]*add <openapi\|[a-z|]+>/],
    [
      'a tool that is there',
      ['tool', 'listPets', '--description', 'x'],
      /mcp\.yaml has a tool listPets already/,
    ],
    ['a tool without description', ['tool', 'quote'], /--description/],
    [
      'a wrong argument',
      ['tool', 'quote', '--description', 'x', '--argument', 'a:date'],
      /--argument "a:date" is not like/,
    ],
    ['a wrong name', ['tool', 'a b', '--description', 'x'], /"a b" cannot be used/],
    [
      'a wrong handler',
      ['tool', 'a', '--description', 'x', '--handler', '../a.ts'],
      /--handler cannot be used/,
    ],
    ['a folder that is no root', ['filesystem', 'DOCS=/etc'], /DOCS=\/etc cannot be used/],
    [
      'an access that folders have not',
      ['filesystem', 'DOCS', '--access', 'create'],
      /--access cannot be used/,
    ],
    [
      'a wrong extension',
      ['filesystem', 'DOCS', '--extension', 'md'],
      /--extension cannot be used/,
    ],
    ['a prompt without text', ['prompt', 'adopt'], /--text/],
    [
      'a typed argument of a prompt',
      ['prompt', 'adopt', '--text', 'x', '--argument', 'n:integer'],
      /arguments of prompts are text/,
    ],
    ['an argument that there is not', ['prompt', 'adopt', '--text', '${args.x}'], /MCP7\d\d/],
    [
      'a resource of two things',
      ['resource', 'r', '--text', 'x', '--file', 'README.md'],
      /must have one of text, file and tool/,
    ],
    ['a resource of nothing', ['resource', 'r'], /--tool/],
    ['no schema', ['tool', 'a', '--description', 'x', '--input', '{"type":"string"}'], /MCP706/],
  ])('refuses %s, with nothing written', async (_, words, message) => {
    const before = read('out/mcp.yaml');
    const { code, err } = await add(...words);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(read('out/mcp.yaml')).toBe(before);
    expect(existsSync(join(dir, 'out/specs/orders.yaml'))).toBe(false);
  });

  it('where there is no project, says how to make one', async () => {
    mkdirSync(join(dir, 'empty'));
    const { code, err } = await cli(join(dir, 'empty'), ['add', 'openapi', '../orders.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('create-mcp-server ../orders.yaml my-server');
  });
});
