import { join, relative } from 'node:path';
import type { Change } from '../../blueprint/compare.js';
import type { Blueprint } from '../../blueprint/types.js';
import { placeName } from '../../diagnostics/diagnostic.js';
import type { Origin } from '../../diagnostics/diagnostic.js';
import type { DiagnosticPrinter } from '../../diagnostics/format-diagnostic.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import type { LockedTool } from '../../workspace/lock.js';

/** A change with the place of its tool: in the document of now, or for a tool that is gone in that of before. */
export type PlacedChange = Change & {
  place?: { file: string; line?: number; column?: number; version: 'before' | 'after' };
  /** Why somebody approved it, as mcp.accepted.json says. */
  accepted?: string;
};

/** One version of the pinned documents. */
export type Documents = {
  /** What each tool calls. */
  tools: ReadonlyMap<string, LockedTool>;
  sources: Manifest['sources'];
  /** Text of a file of the project. */
  textOf(path: string): string | undefined;
};

export type PlaceOptions = {
  /** Where the tools of now come from. */
  origins: ReadonlyMap<string, Origin>;
  printer: DiagnosticPrinter;
  before: Documents;
  /** Absolute folder of the project, and the one that printed paths start from. */
  root: string;
  cwd: string;
};

/** Finds the place of each change, as far as it can be known. */
export async function placeChanges(
  changes: readonly Change[],
  options: PlaceOptions,
): Promise<PlacedChange[]> {
  const { origins, printer, before, root, cwd } = options;
  if (changes.length === 0) return [];
  const { createLocator } = await import('../../diagnostics/locate.js');
  const locateOld = createLocator(before.textOf);
  return changes.map((change): PlacedChange => {
    const origin = origins.get(change.tool);
    if (origin) return { ...change, place: at(placeName(origin), 'after', printer.locate(origin)) };
    const old = operationOrigin(before, change.tool);
    if (!old) return change;
    const file = relative(cwd, join(root, old.file));
    return { ...change, place: at(file, 'before', locateOld(old)) };
  });
}

/** Where everything that is listed is described, as changes name it. */
export function originsIn({ tools, resources, prompts }: Blueprint): Map<string, Origin> {
  return new Map([
    ...resources.map(({ uri, origin }) => [`resource ${uri}`, origin] as const),
    ...prompts.map(({ name, origin }) => [`prompt ${name}`, origin] as const),
    ...tools.map(({ name, origin }) => [name, origin] as const),
  ]);
}

/** Where the tools of a project are described, by what the lock says that they call. */
export function operationOrigins(documents: Documents): Map<string, Origin> {
  const found = new Map<string, Origin>();
  for (const name of documents.tools.keys()) {
    const origin = operationOrigin(documents, name);
    if (origin) found.set(name, origin);
  }
  return found;
}

/** Undefined where the document does not name the path: a neighbour's line would mislead. */
function operationOrigin(documents: Documents, tool: string): Origin | undefined {
  const operation = documents.tools.get(tool)?.operation ?? '';
  const [, id = '', method = '', path = ''] = /^(\S+) (\S+) (.*)$/s.exec(operation) ?? [];
  const source = Object.hasOwn(documents.sources, id) ? documents.sources[id] : undefined;
  if (source === undefined || !('openapi' in source)) return undefined;
  const file = source.openapi;
  if (!documents.textOf(file)?.includes(path)) return undefined;
  return { file, path: ['paths', path, method.toLowerCase()] };
}

function at(
  file: string,
  version: 'before' | 'after',
  found: { line: number; column: number } | undefined,
): PlacedChange['place'] {
  return { file, version, ...(found && { line: found.line, column: found.column }) };
}
