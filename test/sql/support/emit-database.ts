import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { SqlSource } from '../../../src/blueprint/database.js';
import { planProject } from '../../../src/project/plan.js';
import { renderProject } from '../../../src/render/render-project.js';
import { writeManifest, type Manifest } from '../../../src/sources/manifest/manifest.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** The server of a database on disk, compiled together with its own tests. */
export type EmittedDatabase = {
  root: string;
  source: SqlSource;
  /** Text of each file by path. */
  files: ReadonlyMap<string, string>;
  tools: string[];
  /** Runs the project's own tests; what they printed, and the exit code. */
  test: () => Promise<{ output: string; code: number }>;
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
  const plan = planProject(blueprint, {
    manifestText: writeManifest(manifest),
    specs: [{ path, text }],
    generatorVersion: '0.0.0',
  });
  const files = await renderProject(plan);
  for (const file of files) {
    await mkdir(dirname(join(root, file.path)), { recursive: true });
    await writeFile(join(root, file.path), file.text);
  }
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  const said = await run(
    join(REPOSITORY, 'node_modules/.bin/tsc'),
    ['--noEmit', 'false', '--outDir', 'build'],
    { cwd: root },
  ).catch((error: { stdout: string }) => error);
  if (said.stdout !== '') throw new Error(`the project does not compile:\n${said.stdout}`);
  return {
    root,
    source: blueprint.sources[0] as SqlSource,
    files: new Map(files.map((file) => [file.path, file.text])),
    tools: blueprint.tools.map(({ name }) => name),
    test: () => runTests(root),
    connect: (address) => connect(root, address),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function runTests(cwd: string): Promise<{ output: string; code: number }> {
  const argv = [join(cwd, 'build/test/generated/run.js')];
  // A runner inside of a runner thinks that it is one of its files.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return run(process.execPath, argv, { cwd, env, maxBuffer: 2 ** 26 }).then(
    ({ stdout }) => ({ output: stdout, code: 0 }),
    ({ stdout, code }: { stdout: string; code: number }) => ({ output: stdout, code }),
  );
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
