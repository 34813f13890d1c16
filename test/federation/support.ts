import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blueprint } from '../../src/blueprint/types.js';
import type { Manifest } from '../../src/sources/manifest/manifest.js';
import type { McpEntry } from '../../src/sources/manifest/mcp-source.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';
import { createLoader } from '../../src/sources/read/loader.js';
import {
  writeUpstreamSnapshot,
  type UpstreamSnapshot,
} from '../../src/sources/upstream/snapshot.js';
import { runOwnTests } from '../support/own-tests.js';
import { compileProject, WITH_TESTS, writeProject } from '../support/project-folder.js';

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
  await writeProject(root, blueprint, { manifest, specs });
  await compileProject(root, WITH_TESTS);
  return {
    root,
    blueprint,
    main: join(root, 'build/src/main.js'),
    ownTests: () => runOwnTests(root),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
