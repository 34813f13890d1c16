import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { SqlSource } from '../../../src/blueprint/database.js';
import type { Manifest } from '../../../src/sources/manifest/manifest.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';
import { runOwnTests, type OwnTests } from '../../support/own-tests.js';
import { compileProject, WITH_TESTS, writeProject } from '../../support/project-folder.js';

/** The server of a database on disk, compiled together with its own tests. */
export type EmittedDatabase = {
  root: string;
  source: SqlSource;
  /** Text of each file by path. */
  files: ReadonlyMap<string, string>;
  tools: string[];
  /** Runs the project's own tests. */
  ownTests: () => Promise<OwnTests>;
  /** Starts the server over stdio for a database. */
  connect: (
    address: string,
  ) => Promise<{ client: Client; pid: number; close: () => Promise<void> }>;
  remove: () => Promise<void>;
};

/** Scaffolds the server of a schema, links this repository's packages, and compiles it. Throws with what tsc says. */
export async function emitDatabase(
  schema: { text: string } & Partial<SqlEntry> & Pick<SqlEntry, 'dialect'>,
): Promise<EmittedDatabase> {
  const { text, ...entry } = schema;
  const root = await mkdtemp(join(tmpdir(), 'emitted-database-'));
  const path = 'specs/db.sql';
  const manifest: Manifest = {
    manifestVersion: 1,
    name: 'database-server',
    version: '1.0.0',
    sources: { db: { sql: path, ...entry } },
    serve: { transports: ['stdio', 'http'] },
  };
  const known = new Map([[path, { file: path, text }]]);
  const blueprint = await readBlueprint(manifest, { load: createLoader({ base: root, known }) });
  const files = await writeProject(root, blueprint, { manifest, specs: [{ path, text }] });
  await compileProject(root, WITH_TESTS);
  return {
    root,
    source: blueprint.sources[0] as SqlSource,
    files: new Map(files.map((file) => [file.path, file.text])),
    tools: blueprint.tools.map(({ name }) => name),
    ownTests: () => runOwnTests(root),
    connect: (address) => connect(root, address),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function connect(cwd: string, address: string) {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(cwd, 'build/src/main.js'), '--stdio'],
    cwd,
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: address },
    stderr: 'ignore',
  });
  await client.connect(transport);
  return { client, pid: transport.pid ?? 0, close: () => client.close() };
}
