import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Blueprint } from '../../src/blueprint/types.js';
import type { RenderedFile } from '../../src/project/file-spec.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { writeManifest, type Manifest } from '../../src/sources/manifest/manifest.js';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const run = promisify(execFile);

/** Flags of tsc that put a project together with its own tests below `build/`. */
export const WITH_TESTS = ['--noEmit', 'false', '--outDir', 'build'];

/** Writes the project of a blueprint into a folder, with this repository's packages in place of an installation. */
export async function writeProject(
  root: string,
  blueprint: Blueprint,
  { manifest, specs }: { manifest: Manifest; specs: { path: string; text: string }[] },
): Promise<RenderedFile[]> {
  const plan = planProject(blueprint, {
    manifestText: writeManifest(manifest),
    specs: specs.map(({ path, text }) => ({ path, text })),
    generatorVersion: '0.0.0',
  });
  const files = await renderProject(plan);
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await linkPackages(root);
  return files;
}

/** Gives a project this repository's packages, which are those of its lock file. */
export async function linkPackages(root: string): Promise<void> {
  await symlink(MODULES, join(root, 'node_modules'));
}

/** What tsc says of a project; empty when it is content. */
export async function complaints(root: string, args: string[]): Promise<string> {
  return run(join(MODULES, '.bin/tsc'), args, { cwd: root }).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
}

/** Compiles a project. Throws with what tsc says. */
export async function compileProject(root: string, args: string[]): Promise<void> {
  const said = await complaints(root, args);
  if (said !== '') throw new Error(`the project does not compile:\n${said}`);
}
