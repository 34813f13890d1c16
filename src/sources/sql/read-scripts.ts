import type { Skipped } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Loader } from '../read/loader.js';
import { inMigrationOrder, isUndo } from './migration-order.js';
import { isScriptName } from './script-name.js';

/** A script. `path` is how messages name it. */
export type Script = { path: string; text: string };

/**
 * The scripts of a source in the order in which they run: one file, an address, `-`, or the `.sql` files of a folder of
 * migrations without those that undo others. Throws an InputError: unreadable (MCP102), empty folder (MCP822), too large (MCP108).
 */
export async function readScripts(
  source: string,
  load: Loader,
): Promise<{ files: Script[]; skipped: Skipped[] }> {
  const names = await load.list(source, isScriptName);
  if (names === undefined) {
    const { file, text } = await load.readEntry(source);
    return { files: [{ path: file, text }], skipped: [] };
  }
  if (names.length === 0) throw new InputError([diagnostic('MCP822', { folder: source })]);
  const undo = names.filter(isUndo);
  const files: Script[] = [];
  for (const name of inMigrationOrder(names.filter((path) => !isUndo(path)))) {
    const { file, text } = await load.readEntry(`${source.replace(/\/+$/, '')}/${name}`);
    files.push({ path: file, text });
  }
  const skipped = undo.map((path) => ({
    what: path,
    reason: /(?:^|\/)verify\//i.test(path) ? 'it verifies a migration' : 'it undoes a migration',
    origin: { file: `${source}/${path}`, path: [] },
  }));
  return { files, skipped };
}
