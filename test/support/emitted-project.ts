import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blueprint } from '../../src/blueprint/types.js';
import type { Manifest } from '../../src/sources/manifest/manifest.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { runOwnTests, type OwnTests } from './own-tests.js';
import { compileProject, complaints, WITH_TESTS, writeProject } from './project-folder.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** A server project on disk, as a user has it after `npm install && npm run build`. */
export type EmittedProject = {
  root: string;
  blueprint: Blueprint;
  /** Starts with `node <main>`. */
  main: string;
  /** What tsc says of a configuration of the project; empty when it is content. */
  typecheck: (configuration?: string) => Promise<string>;
  /** Runs the project's own tests, compiled anew. */
  ownTests: () => Promise<OwnTests>;
  remove: () => Promise<void>;
};

export type EmitOptions = {
  name: string;
  /** Id of each source → its document, as a path in this repository. */
  documents: Record<string, string>;
  /** What the manifest says besides. */
  custom?: Partial<Manifest>;
};

/**
 * Scaffolds a project from the documents into a temporary folder, links this repository's packages, and compiles it. Throws
 * with what tsc says when it does not compile.
 */
export async function emitProject({
  name,
  documents,
  custom = {},
}: EmitOptions): Promise<EmittedProject> {
  const root = await mkdtemp(join(tmpdir(), `${name}-`));
  const specs = await Promise.all(
    Object.entries(documents).map(async ([id, file]) => ({
      id,
      path: `specs/${id}.yaml`,
      text: await readFile(join(REPOSITORY, file), 'utf8'),
    })),
  );
  const manifest: Manifest = {
    manifestVersion: 1,
    name,
    version: '1.0.0',
    serve: { transports: ['stdio', 'http'] },
    ...custom,
    sources: {
      ...Object.fromEntries(specs.map(({ id, path }) => [id, { openapi: path }])),
      ...custom.sources,
    },
  };
  const known = new Map(specs.map(({ path, text }) => [path, { file: path, text }]));
  const blueprint = await readBlueprint(manifest, { load: createLoader({ base: root, known }) });
  await writeProject(root, blueprint, { manifest, specs });
  await compileProject(root, ['-p', 'tsconfig.build.json']);
  return {
    root,
    blueprint,
    main: join(root, 'dist/main.js'),
    typecheck: (configuration = 'tsconfig.json') => complaints(root, ['-p', configuration]),
    ownTests: async () => {
      await compileProject(root, WITH_TESTS);
      return runOwnTests(root);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
