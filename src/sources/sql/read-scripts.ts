import type { Skipped } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Loader, SourceText } from '../read/loader.js';
import { DUMP_CONTENTS, refuseDumpFolder } from '../read/refuse-format.js';
import { inMigrationOrder, isUndo } from './migration-order.js';
import { isScriptName } from './script-name.js';

export type Scripts = { sources: SourceText[]; skipped: Skipped[] };

/**
 * The scripts of a source in the order in which they run, rows and all: one file, an address, `-`, or the `.sql` files of a folder of
 * migrations without those that undo others. Throws an InputError: unreadable (MCP102), empty folder (MCP822), dump that is no text (MCP116), too large (MCP108).
 */
export async function readScripts(source: string, load: Loader): Promise<Scripts> {
  const names = await load.list(source, isScriptName);
  if (names === undefined) {
    return { sources: [await load.readEntry(source)], skipped: [] };
  }
  if (names.length === 0) await refuseFolder(source, source, load);
  const undo = names.filter(isUndo);
  const sources: SourceText[] = [];
  for (const name of inMigrationOrder(names.filter((path) => !isUndo(path)))) {
    sources.push(await load.readEntry(`${source.replace(/\/+$/, '')}/${name}`));
  }
  const skipped = undo.map((path) => ({
    what: path,
    reason: /(?:^|\/)verify\//i.test(path) ? 'it verifies a migration' : 'it undoes a migration',
    origin: { file: `${source}/${path}`, path: [] },
  }));
  return { sources, skipped };
}

/** Throws an InputError for a folder without scripts: a dump that is no text (MCP116), or anything else (MCP822). */
export async function refuseFolder(shown: string, source: string, load: Loader): Promise<never> {
  const contents = await load.list(source, (name) => name === DUMP_CONTENTS);
  if (contents !== undefined && contents.length > 0) refuseDumpFolder(shown);
  throw new InputError([diagnostic('MCP822', { folder: shown })]);
}
