import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { createDiagnosticPrinter } from '../../src/diagnostics/format-diagnostic.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readScripts } from '../../src/sources/sql/read-scripts.js';
import { readPostgres } from '../../src/sources/sql/postgres/read-postgres.js';
import { readParsed } from '../../src/sources/sql/postgres/parsed/read-parsed.js';
import { readSqlite } from '../../src/sources/sql/sqlite/read-sqlite.js';
import { readUpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import { resolveInside } from '../../src/workspace/paths.js';
import { read, refusal } from '../manifest/support.js';
import { newFolder } from '../support/new-folder.js';

const printer = createDiagnosticPrinter(() => undefined);

/** What people see where something is refused, the first line of each. */
async function refused(run: () => unknown): Promise<string[]> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map((one) => printer.full(one).split('\n')[0]!);
  }
  throw new Error('it was accepted');
}

const PETS = `openapi: 3.1.0
info: { title: Pets, version: "1" }
paths:
  /pets:
    get: { operationId: listPets, responses: { "200": { description: All } } }
    post:
      operationId: find
      requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { where: { type: object } }, required: [where] } } } }
      responses: { "200": { description: Some } }
`;

describe('messages as people see them', () => {
  it('MCP503 a name that leads out of the project', async () => {
    const [root, other] = [newFolder(), newFolder()];
    await symlink(other, join(root, 'out'));
    await writeFile(join(root, 'file'), '');
    const at = (path: string) => refused(() => resolveInside(root, path));
    expect(await at('../x')).toEqual([
      'error  MCP503  ../x cannot be a file of the project: it is not a plain relative path',
    ]);
    expect(await at('out/x')).toEqual([
      'error  MCP503  out/x cannot be a file of the project: the link out leads out of it',
    ]);
    expect(await at('file/x')).toEqual([
      'error  MCP503  file/x cannot be a file of the project: file is not a folder',
    ]);
  });

  it('MCP725 a tool whose arguments no URI can hold', async () => {
    const said = await refusal(
      `name: a
sources: { pets: { openapi: specs/pets.yaml } }
tools: { find: { as: resource, annotations: { readOnlyHint: true } } }
`,
      { 'specs/pets.yaml': PETS },
    );
    expect(said).toContain('MCP725  tools.find.as: find needs where, which no URI can hold');
  });

  it('MCP201 an operation that cannot become a tool', async () => {
    const text = `${PETS}  pets/{id}:\n    get: { responses: { "200": { description: One } } }\n`;
    const { findings } = await read('name: a\nsources: { pets: { openapi: specs/pets.yaml } }\n', {
      'specs/pets.yaml': text,
    });
    expect(findings.map(({ code, message }) => [code, message])).toContainEqual([
      'MCP201',
      'GET pets/{id} is skipped: its path does not start with "/"',
    ]);
  });

  it('MCP301 arguments that cost a model more than they should', async () => {
    const inner = (at: number) => ({ [`inner${at}`]: { type: 'string', maxLength: at } });
    const fields = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [
        `field${at}`,
        { type: 'object', properties: inner(at) },
      ]),
    );
    const schema = { type: 'object', properties: fields };
    const body = { required: true, content: { 'application/json': { schema } } };
    const paths = { '/all': { post: { operationId: 'addAll', requestBody: body, responses: {} } } };
    const document = { openapi: '3.1.0', info: { title: 'All', version: '1' }, paths };
    const { findings, tools } = await read('name: a\nsources: { all: { openapi: all.json } }\n', {
      'all.json': JSON.stringify(document),
    });
    expect(findings.find(({ code }) => code === 'MCP301')).toMatchObject({
      message: 'the schema of addAll has 26431 characters and is cut to 8651',
      origin: { file: 'all.json', path: ['paths', '/all', 'post'] },
    });
    expect(JSON.stringify(tools[0]?.inputSchema)).toHaveLength(8651);
  });

  it('MCP812 a schema after which the engine can tell nothing', async () => {
    const text =
      'SET allow_system_table_mods = on; ALTER TABLE pg_catalog.pg_class RENAME TO gone;';
    expect(await refused(() => readPostgres([{ path: 's.sql', text }]))).toEqual([
      's.sql  error  MCP812  the engine that reads schemas could not go on: relation "pg_catalog.pg_class" does not exist',
    ]);
  });

  it('MCP808 a schema that takes too long, by either reader', async () => {
    const files = [{ path: 's.sql', text: 'CREATE TABLE a (id integer);' }];
    expect(await refused(() => readParsed(files, { timeoutMs: 0 }))).toEqual([
      's.sql  error  MCP808  reading the schema took longer than 0 s',
    ]);
    expect(await refused(() => readPostgres(files, { timeoutMs: 0 }))).toEqual([
      's.sql  error  MCP808  reading the schema took longer than 0 s',
    ]);
  });

  it('MCP822 a folder without scripts', async () => {
    const base = newFolder();
    await writeFile(join(base, 'notes.txt'), '');
    expect(await refused(() => readScripts('.', createLoader({ base })))).toEqual([
      'error  MCP822  . holds no SQL file',
    ]);
  });

  it('MCP824 an SQLite schema that the engine cannot get through', async () => {
    const slow =
      'CREATE TABLE s AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;';
    const text = Array.from({ length: 12 }, (_, at) => slow.replace('s AS', `s${at} AS`)).join(
      '\n',
    );
    expect(await refused(() => readSqlite([{ path: 's.sql', text }], { timeoutMs: 300 }))).toEqual([
      'error  MCP824  SQLite could not run the schema: ran longer than 0.3 s',
    ]);
  });

  it('MCP860 a file that is no snapshot of a server', async () => {
    const [first] = await refused(() => readUpstreamSnapshot('{ "format": "other" }', 'up.json'));
    expect(first).toMatch(
      / MCP860 {2}up\.json is no snapshot of an MCP server: format: .*upstream/,
    );
  });
});
