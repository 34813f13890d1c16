import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import type { Manifest } from '../sources/manifest/manifest.js';
import { createLoader, type Loader } from '../sources/read/loader.js';
import { isUrl } from '../sources/read/read-url.js';
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
  documentUrl?: string;
};

/** What `--source` names: `[id=]<file or address>` for an input of the manifest. Throws an InputError (MCP516). */
export function takeSources(session: Session, root: string, manifest: Manifest): TakenSource[] {
  const { args, io } = session;
  return args.sources.map((word) => {
    const { id, source } = named(word, Object.keys(manifest.sources), io.cwd);
    const isFile = !isUrl(source) && source !== '-';
    const entry = isFile ? relative(root, resolve(io.cwd, source)) : source;
    const { cwd, stdin, signal } = io;
    const loader = createLoader({ base: root, cwd, stdin, signal });
    return { id, entry, loader, ...(isUrl(source) && { documentUrl: withoutQuery(source) }) };
  });
}

/** The manifest with the new documents where they are now. */
export function withTaken(manifest: Manifest, taken: readonly TakenSource[]): Manifest {
  const sources = { ...manifest.sources };
  for (const { id, entry, documentUrl } of taken) {
    const address = documentUrl === undefined ? {} : { documentUrl };
    sources[id] = { ...sources[id]!, openapi: entry, ...address };
  }
  return { ...manifest, sources };
}

/** Where the new documents will lie in the project, and what mcp.yaml says of them then; after they were read. */
export async function pinTaken(taken: readonly TakenSource[]) {
  const edits: ManifestEdit[] = [];
  const specs: { path: string; text: string }[] = [];
  for (const { id, entry, loader, documentUrl } of taken) {
    const pinned = pinSource(id, await loader.readEntry(entry), loader.texts());
    specs.push(...pinned.specs);
    edits.push({ path: ['sources', id, 'openapi'], value: pinned.entry });
    if (documentUrl !== undefined)
      edits.push({ path: ['sources', id, 'documentUrl'], value: documentUrl });
  }
  return { edits, specs };
}

/** One loader for all: each text comes from the loader of the document that it belongs to. */
export function joinLoaders(pinned: Loader, taken: readonly TakenSource[]): Loader {
  const owner = (file: string) =>
    taken.find(({ loader }) => loader.texts().some((text) => text.file === file))?.loader ?? pinned;
  return {
    readEntry: (source) =>
      (taken.find(({ entry }) => entry === source)?.loader ?? pinned).readEntry(source),
    readRelative: (from, reference) => owner(from).readRelative(from, reference),
    resolveRelative: (from, reference) => owner(from).resolveRelative(from, reference),
    texts: () => [...pinned.texts(), ...taken.flatMap(({ loader }) => loader.texts())],
  };
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
