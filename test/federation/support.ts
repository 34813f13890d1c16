import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Blueprint } from '../../src/blueprint/types.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { writeManifest, type Manifest } from '../../src/sources/manifest/manifest.js';
import type { McpEntry } from '../../src/sources/manifest/mcp-source.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';
import { createLoader } from '../../src/sources/read/loader.js';
import {
  writeUpstreamSnapshot,
  type UpstreamSnapshot,
} from '../../src/sources/upstream/snapshot.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

export type Federated = Record<string, Omit<McpEntry, 'mcp'> & { listed: UpstreamSnapshot }>;

/** The blueprint of a server in front of others, from what these list. */
export async function readFederation(
  upstreams: Federated,
): Promise<{ blueprint: Blueprint; manifest: Manifest; specs: { path: string; text: string }[] }> {
  const specs = Object.entries(upstreams).map(([id, { listed }]) => ({
    path: `specs/${id}.json`,
    text: writeUpstreamSnapshot(listed),
  }));
  const manifest: Manifest = {
    manifestVersion: 1,
    name: 'front-server',
    version: '1.0.0',
    sources: Object.fromEntries(
      Object.entries(upstreams).map(([id, { listed: _, ...entry }]) => [
        id,
        { mcp: `specs/${id}.json`, ...entry },
      ]),
    ),
    serve: { transports: ['stdio', 'http'] },
  };
  const known = new Map(specs.map(({ path, text }) => [path, { file: path, text }]));
  const blueprint = await readBlueprint(manifest, {
    load: createLoader({ base: tmpdir(), known }),
  });
  return { blueprint, manifest, specs };
}

/** A project on disk, compiled together with its own tests. Throws with what tsc says. */
export async function emitFederation(upstreams: Federated) {
  const { blueprint, manifest, specs } = await readFederation(upstreams);
  const root = await mkdtemp(join(tmpdir(), 'federation-'));
  const plan = planProject(blueprint, {
    manifestText: writeManifest(manifest),
    specs,
    generatorVersion: '0.0.0',
  });
  for (const file of await renderProject(plan)) {
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
    blueprint,
    main: join(root, 'build/src/main.js'),
    /** Runs the project's own tests; what they printed, and the exit code. */
    test: async (): Promise<{ output: string; code: number }> => {
      // A runner inside of a runner thinks that it is one of its files.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const argv = [join(root, 'build/test/generated/run.js')];
      return run(process.execPath, argv, { cwd: root, env, maxBuffer: 2 ** 26 }).then(
        ({ stdout }) => ({ output: stdout, code: 0 }),
        ({ stdout, code }: { stdout: string; code: number }) => ({ output: stdout, code }),
      );
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
