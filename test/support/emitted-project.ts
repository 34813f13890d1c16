import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Blueprint } from '../../src/blueprint/types.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { writeManifest, type Manifest } from '../../src/sources/manifest/manifest.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';
import { createLoader } from '../../src/sources/read/loader.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const TSC = join(REPOSITORY, 'node_modules/.bin/tsc');

const run = promisify(execFile);

/** A server project on disk, as a user has it after `npm install && npm run build`. */
export type EmittedProject = {
  root: string;
  blueprint: Blueprint;
  /** Starts with `node <main>`. */
  main: string;
  /** What tsc says of a configuration of the project; empty when it is content. */
  typecheck: (configuration?: string) => Promise<string>;
  /** What the project's own tests print, compiled anew; also where some fail. */
  ownTests: () => Promise<string>;
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
  const plan = planProject(blueprint, {
    manifestText: writeManifest(manifest),
    specs: specs.map(({ path, text }) => ({ path, text })),
    generatorVersion: '0.0.0',
  });
  for (const { path, text } of await renderProject(plan)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  const typecheck = (configuration = 'tsconfig.json') => compile(root, configuration);
  const problems = await typecheck('tsconfig.build.json');
  if (problems !== '') throw new Error(`the emitted project does not compile:\n${problems}`);
  return {
    root,
    blueprint,
    main: join(root, 'dist/main.js'),
    typecheck,
    ownTests: () => runOwnTests(root),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function compile(root: string, configuration: string): Promise<string> {
  try {
    return (await run(TSC, ['-p', configuration], { cwd: root })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

async function runOwnTests(cwd: string): Promise<string> {
  await run(TSC, ['--noEmit', 'false', '--outDir', 'build'], { cwd });
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await run(process.execPath, ['build/test/generated/run.js'], {
    cwd,
    env,
  }).catch((failed: { stdout: string }) => failed);
  return stdout;
}
