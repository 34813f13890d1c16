import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders that hold generated files and nothing else. */
const GENERATED = ['src/generated', 'src/runtime', 'test/generated'];

/**
 * Files in the folders of the generator that it does not know: left over, or put there by mistake. `known` are the paths
 * that are rendered or locked; names that begin with a dot are the system's. Sorted; links are named and not followed.
 */
export async function extraFiles(root: string, known: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const folder of GENERATED) await walk(root, folder, known, found);
  return found.filter((path) => !known.has(path)).sort();
}

async function walk(
  root: string,
  folder: string,
  known: ReadonlySet<string>,
  found: string[],
): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, known, found);
    else if (!entry.isSymbolicLink() || !holdsKnown(known, path)) found.push(path);
  }
}

function holdsKnown(known: ReadonlySet<string>, folder: string): boolean {
  return [...known].some((path) => path.startsWith(`${folder}/`));
}
