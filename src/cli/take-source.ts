import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../sources/manifest/manifest.js';
import { sourceKey, withInput, type SourceEntry } from '../sources/manifest/sources.js';
import { createLoader, type Loader } from '../sources/read/loader.js';
import { isDatabaseAddress } from '../sources/read/database-address.js';
import { isUrl } from '../sources/read/read-url.js';
import type { McpEntry } from '../sources/manifest/mcp-source.js';
import { isUpstreamAddress, readUpstreamNow } from '../sources/upstream/read-live.js';
import { readDatabase } from '../sources/sql/read-live.js';
import type { Dialect } from '../sources/sql/model.js';
import { rowFilter } from '../sources/sql/rows/leave-out-rows.js';
import { isScriptName } from '../sources/sql/script-name.js';
import { asInput } from './source-kind.js';
import type { ManifestEdit } from './edit-manifest.js';
import { pinSource } from './pin-sources.js';
import type { Session } from './session.js';
import { withoutQuery } from './source-document.js';

/** A new version of one input, read from where the user named it. */
export type TakenSource = {
  id: string;
  /** Name by which `loader` gives its document. */
  entry: string;
  loader: Loader;
  /** A path as the loader's texts are named: from the working directory. */
  shown?: string;
  documentUrl?: string;
};

/** What `--source` names: `[id=]<file or address>` for an input of the manifest. Throws an InputError (MCP516). */
export async function takeSources(
  session: Session,
  root: string,
  manifest: Manifest,
): Promise<TakenSource[]> {
  const { args, io } = session;
  const taken: TakenSource[] = [];
  for (const word of args.sources) {
    const input = named(word, withDocument(manifest), io.cwd);
    const entry = manifest.sources[input.id];
    const isUpstream = entry !== undefined && 'mcp' in entry && isUpstreamAddress(input.source);
    taken.push(
      isUpstream
        ? await takeUpstream(session, input, entry)
        : await takeInput(session, root, { ...input, dialect: dialectOf(entry) }),
    );
  }
  return taken;
}

/** What the manifest says of the dialect of a schema. */
export function dialectOf(entry: SourceEntry | undefined): Dialect | undefined {
  return entry !== undefined && 'sql' in entry ? entry.dialect : undefined;
}

/** What another MCP server lists now. */
export async function takeUpstream(
  { io, progress }: Session,
  { id, source }: { id: string; source: string },
  entry: Pick<McpEntry, 'connect'>,
): Promise<TakenSource> {
  progress.phase(`connecting to ${id}`);
  const { shown, text } = await readUpstreamNow(id, source, entry, io);
  const known = new Map([[shown, { file: shown, text }]]);
  return { id, entry: shown, loader: createLoader({ base: io.cwd, known }) };
}

/** One input from where the user named it, `source` being a path from the working directory or an address. */
export async function takeInput(
  { args, io }: Session,
  root: string,
  { id, source, dialect }: { id: string; source: string; dialect?: Dialect | undefined },
): Promise<TakenSource> {
  const input = await asInput(source, io.cwd);
  const { cwd, stdin, signal } = io;
  const refRoot = args.refRoot === undefined ? undefined : resolve(cwd, args.refRoot);
  const read = (address: string) => readDatabase(address, signal);
  const loader = createLoader({
    ...{ base: root, cwd, stdin, signal, readDatabase: read },
    refRoot: () => refRoot,
    filter: rowFilter(dialect),
  });
  if (isDatabaseAddress(input)) {
    // Read at once: from here on it is known by its address without a password.
    const { file } = await loader.readEntry(input);
    return { id, entry: file, loader };
  }
  const isFile = !isUrl(input) && input !== '-';
  if (isFile) {
    const path = resolve(cwd, input);
    return { id, entry: relative(root, path), loader, shown: relative(cwd, path) };
  }
  return { id, entry: input, loader, ...(isUrl(input) && { documentUrl: withoutQuery(input) }) };
}

/** The manifest with the new documents where they are now. */
export function withTaken(manifest: Manifest, taken: readonly TakenSource[]): Manifest {
  const sources = { ...manifest.sources };
  for (const { id, entry, documentUrl } of taken) {
    const source = withInput(sources[id]!, entry);
    const hasAddress = 'openapi' in source && documentUrl !== undefined;
    sources[id] = hasAddress ? { ...source, documentUrl } : source;
  }
  return { ...manifest, sources };
}

/** Where the new documents will lie in the project, and what mcp.yaml says of them then; after they were read. */
export async function pinTaken(taken: readonly TakenSource[], manifest: Manifest) {
  const edits: ManifestEdit[] = [];
  const specs: { path: string; text: string }[] = [];
  for (const { id, entry, loader, shown = entry, documentUrl } of taken) {
    const isFolder = (await loader.list(entry, isScriptName)) !== undefined;
    const first = isFolder ? { file: shown, text: '' } : await loader.readEntry(entry);
    const pinned = pinSource(id, first, loader.texts(), isFolder);
    specs.push(...pinned.specs);
    const key = sourceKey(manifest.sources[id])!;
    edits.push({ path: ['sources', id, key], value: pinned.entry });
    if (documentUrl !== undefined && key === 'openapi')
      edits.push({ path: ['sources', id, 'documentUrl'], value: documentUrl });
  }
  return { edits, specs };
}

/** Tells the sources that know where their snapshots lie, once these have been pinned. */
export function placeSnapshots({ sources }: Blueprint, edits: readonly ManifestEdit[]): void {
  for (const source of sources) {
    if (source.kind !== 'mcp') continue;
    const edit = edits.find(({ path }) => path[1] === source.id && path[2] === 'mcp');
    if (edit) source.snapshot = edit.value;
  }
}

/** One loader for all: each text comes from the loader of the document that it belongs to. */
export function joinLoaders(pinned: Loader, taken: readonly TakenSource[]): Loader {
  const owner = (file: string) =>
    taken.find(({ loader }) => loader.texts().some((text) => text.file === file))?.loader ?? pinned;
  return {
    readEntry: (source) =>
      (
        taken.find(({ entry }) => source === entry || source.startsWith(`${entry}/`))?.loader ??
        pinned
      ).readEntry(source),
    readRelative: (from, reference) => owner(from).readRelative(from, reference),
    list: async (source, isWanted) => {
      const own = taken.find(({ entry }) => source === entry || source.startsWith(`${entry}/`));
      return (own?.loader ?? pinned).list(source, isWanted);
    },
    resolveRelative: (from, reference) => owner(from).resolveRelative(from, reference),
    texts: () => [...pinned.texts(), ...taken.flatMap(({ loader }) => loader.texts())],
  };
}

/** Ids of the sources that are made from something that is read. */
function withDocument({ sources }: Manifest): string[] {
  return Object.keys(sources).filter((id) => !('filesystem' in sources[id]!));
}

function named(word: string, ids: string[], cwd: string): { id: string; source: string } {
  const known = ids.join(', ');
  const [, id, source] = /^([a-z][a-z0-9-]*)=(.+)$/s.exec(word) ?? [];
  if (id !== undefined && source !== undefined && !existsSync(resolve(cwd, word))) {
    if (ids.includes(id)) return { id, source };
    throw new InputError([diagnostic('MCP516', { id, known })]);
  }
  if (ids.length === 1) return { id: ids[0]!, source: word };
  throw new InputError([diagnostic('MCP516', { id: '', known })]);
}
