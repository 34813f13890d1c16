import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Skipped } from '../../blueprint/types.js';
import { defaultReadLimits } from '../read/limits.js';
import { createLoader } from '../read/loader.js';
import type { LoaderOptions } from '../read/loader.js';
import { inMigrationOrder, isUndo } from './migration-order.js';
import { withoutDown } from './without-down.js';

/** A script. `path` is how messages name it. */
export type SourceFile = { path: string; text: string };

export type ReadFilesOptions = LoaderOptions & {
  /** Told of files of a folder that are not read although they are SQL. */
  onLeftOut?: (skipped: Skipped) => void;
};

/** Folders in a folder of migrations. */
const MAX_DEPTH = 10;

/**
 * The scripts of a source in the order in which they run: one file, an address, `-`, or the `.sql` files of a folder of
 * migrations without those that undo others. Throws an InputError: unreadable (MCP102), empty folder (MCP822), too large (MCP108).
 */
export async function readFiles(source: string, options: ReadFilesOptions): Promise<SourceFile[]> {
  const loader = createLoader(options);
  const folder = resolve(options.base, source);
  if (!(await isFolder(source, folder))) {
    const { file, text } = await loader.readEntry(source);
    return [{ path: file, text: withoutDown(text) }];
  }
  const found = await sqlFiles(folder, source, options);
  if (found.length === 0) throw new InputError([diagnostic('MCP822', { folder: source })]);
  const files: SourceFile[] = [];
  for (const path of inMigrationOrder(found)) {
    const { file, text } = await loader.readEntry(join(source, path));
    files.push({ path: file, text: withoutDown(text) });
  }
  return files;
}

async function isFolder(source: string, path: string): Promise<boolean> {
  if (source === '-' || /^[a-z][\w+.-]*:\/\//i.test(source)) return false;
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/** Paths below `folder`, with slashes. A link that leads out of it is left out. */
async function sqlFiles(
  folder: string,
  source: string,
  { limits, onLeftOut }: ReadFilesOptions,
): Promise<string[]> {
  const root = await realpath(folder);
  const most = limits?.files ?? defaultReadLimits.files;
  const found: string[] = [];
  const visited = new Set<string>();

  async function walk(below: string, depth: number): Promise<void> {
    const real = await realpath(join(folder, below));
    if (visited.has(real) || depth > MAX_DEPTH) return;
    visited.add(real);
    const entries = await readdir(real, { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await linkKind(path) : entry;
      if (kind?.isDirectory()) await walk(path, depth + 1);
      else if (kind?.isFile() && isScript(entry.name) && !isUndo(path)) found.push(path);
      if (found.length > most) {
        const what = 'the number of files';
        throw new InputError([diagnostic('MCP108', { what, limit: String(most) })]);
      }
    }
  }

  async function linkKind(path: string) {
    const real = await realpath(join(folder, path)).catch(() => undefined);
    const step = real === undefined ? '..' : relative(root, real);
    if (step !== '..' && !step.startsWith(`..${sep}`) && resolve(root, step) === real)
      return stat(real);
    const reason =
      real === undefined ? 'it is a link to nothing' : 'it is a link that leads out of the folder';
    onLeftOut?.({ what: path, reason, origin: { file: join(source, path), path: [] } });
    return undefined;
  }

  await walk('', 0);
  return found;
}

function isScript(name: string): boolean {
  return /\.sql(\.gz)?$/i.test(name) || /\.(ddl|mysql|sqlite|pgsql)$/i.test(name);
}
