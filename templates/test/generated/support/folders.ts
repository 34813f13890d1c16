import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folders } from '../../../src/generated/folders.js';

/** What lies beside the roots, where nobody may come. */
export const SECRET = 'what lies outside of the root';

/** A folder for each root with the files that the examples are about, and the environment that leads to them. */
export async function startFolders() {
  const folder = await mkdtemp(join(tmpdir(), 'folders-'));
  const env: Record<string, string> = {};
  await writeFile(join(folder, 'secret.md'), SECRET);
  for (const { roots, extensions } of Object.values(folders)) {
    const extension = extensions?.[0] ?? '.md';
    for (const { env: variable } of roots) {
      const root = join(folder, variable);
      env[variable] = root;
      await mkdir(root, { recursive: true });
      for (const name of ['welcome', 'draft', 'old']) {
        await writeFile(join(root, `${name}${extension}`), 'hello\n');
      }
      // Systems that let nobody make links have none to be followed.
      await symlink(join(folder, 'secret.md'), join(root, `link${extension}`)).catch(() => {});
    }
  }
  return {
    env,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
