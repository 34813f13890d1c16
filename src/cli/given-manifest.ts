import { dirname, join, relative, resolve } from 'node:path';
import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { parseManifest, type Manifest } from '../sources/manifest/manifest.js';
import { inputOf, sourceKey } from '../sources/manifest/sources.js';
import type { Loader } from '../sources/read/loader.js';
import { isDatabaseAddress } from '../sources/read/database-address.js';
import { isUrl } from '../sources/read/read-url.js';
import { copyOwnFiles, missingFiles } from '../workspace/own-files.js';
import type { ProjectFile } from '../workspace/project-file.js';
import { readProjectFile } from '../workspace/read-project.js';
import { editManifest, type ManifestEdit } from './edit-manifest.js';
import type { Inputs } from './pipe.js';
import { pinnedLoader } from './pinned-loader.js';
import type { Session } from './session.js';
import type { OpenedSource } from './source-document.js';
import {
  dialectOf,
  joinLoaders,
  pinTaken,
  placeSnapshots,
  takeInput,
  withTaken,
  type TakenSource,
} from './take-source.js';
import { usageError } from './usage-error.js';

/** A manifest that somebody wrote, from which a project is made. */
export type GivenManifest = {
  /** With its inputs where they are now. */
  manifest: Manifest;
  loader: Loader;
  /** mcp.yaml of the project and its inputs, after they were read: all of them lie below `specs/`. */
  pin(blueprint: Blueprint): Promise<Inputs>;
  /** The files of the project; those that a user writes as they lie beside the manifest. */
  withOwnFiles(rendered: readonly ProjectFile[]): Promise<ProjectFile[]>;
  /** Copies the files that resources give away. */
  copyFiles(root: string): Promise<void>;
};

/** Opens the manifest named on the command line. Throws an InputError where it or a flag does not fit. */
export async function openManifest(
  session: Session,
  { entry, input }: OpenedSource,
): Promise<GivenManifest> {
  const { args, io } = session;
  refuseFlags(session);
  if (isUrl(input) || input === '-') {
    const why = 'a manifest names files beside it, so it has to be a file';
    throw new InputError([diagnostic('MCP102', { file: input, why })]);
  }
  const base = dirname(resolve(io.cwd, input));
  const given = parseManifest(entry.text, entry.file);
  const { name = given.name } = args;
  const manifest = { ...given, name };
  const { taken, same } = await takeInputs(session, base, manifest);
  const pinned = pinnedLoader(session, base);
  const files = Object.values(given.resources ?? {}).flatMap(({ file }) => file ?? []);
  const absent = await missingFiles(base, files);
  if (absent.length > 0) {
    const why = 'there is no such file beside the manifest';
    throw new InputError(absent.map((file) => diagnostic('MCP102', { file, why })));
  }
  return {
    manifest: withTaken(manifest, [...taken, ...same]),
    loader: joinLoaders(pinned, taken),
    pin: async (blueprint) => {
      const fromBase = pinned.texts().map(({ file, text, kept }) => {
        const path = relative(base, resolve(io.cwd, file)).replaceAll('\\', '/');
        return { path, text: kept ?? text };
      });
      const moved = await pinTaken(taken, manifest);
      const edits = [
        ...(args.name === undefined ? [] : [{ path: ['name'], value: args.name }]),
        ...moved.edits,
        ...sameEdits(moved.edits, taken, same, manifest),
      ];
      placeSnapshots(blueprint, edits);
      const manifestText = edits.length === 0 ? entry.text : editManifest(entry.text, edits);
      return { manifestText, specs: refuseTwice([...fromBase, ...moved.specs]) };
    },
    copyFiles: (root) => copyOwnFiles(base, root, files),
    withOwnFiles: (rendered) => Promise.all(rendered.map((file) => ownFile(base, file))),
  };
}

/** Inputs that lie below `specs/` beside the manifest stay where they are; of two sources with one input the first has it. */
async function takeInputs(session: Session, base: string, { sources }: Manifest) {
  const taken: TakenSource[] = [];
  const same: TakenSource[] = [];
  for (const [id, source] of Object.entries(sources)) {
    const key = sourceKey(source);
    const input = inputOf(source);
    if (key === undefined || key === 'http' || key === 'filesystem') continue;
    if (input.startsWith('specs/')) continue;
    const isAddress = isUrl(input) || isDatabaseAddress(input);
    const word = isAddress ? input : relative(session.io.cwd, join(base, input));
    const next = await takeInput(session, base, {
      ...{ id, source: word, dialect: dialectOf(source) },
    });
    const first = taken.find(({ entry }) => entry === next.entry);
    if (first) same.push({ ...first, id });
    else taken.push(next);
  }
  return { taken, same };
}

function sameEdits(
  edits: readonly ManifestEdit[],
  taken: readonly TakenSource[],
  same: readonly TakenSource[],
  { sources }: Manifest,
): ManifestEdit[] {
  return same.flatMap(({ id, entry }) => {
    const first = taken.find((other) => other.entry === entry);
    const key = sourceKey(sources[id]);
    const edit = edits.find(({ path }) => path[1] === first?.id && path[2] === key);
    return edit && key ? [{ path: ['sources', id, key], value: edit.value }] : [];
  });
}

/** What a seed says is for the user to write: where that is done already, it comes along. */
async function ownFile(base: string, file: ProjectFile): Promise<ProjectFile> {
  if (file.owner !== 'seed' || !/^(?:src|test)\//.test(file.path)) return file;
  const text = await readProjectFile(base, file.path);
  return text === undefined ? file : { ...file, text };
}

function refuseTwice(specs: Inputs['specs']): Inputs['specs'] {
  const byPath = new Map<string, string>();
  for (const { path, text } of specs) {
    if (byPath.get(path) !== undefined && byPath.get(path) !== text)
      throw new InputError([diagnostic('MCP518', { path })]);
    byPath.set(path, text);
  }
  return [...byPath].map(([path, text]) => ({ path, text }));
}

function refuseFlags({ args }: Session): void {
  const given = [
    args.baseUrl !== undefined && '--base-url',
    args.include.length > 0 && '--include',
    args.exclude.length > 0 && '--exclude',
    args.outputSchemas !== undefined && '--output-schemas',
    args.dialect !== undefined && '--dialect',
    args.reader !== undefined && '--reader',
    args.access !== undefined && '--access',
    args.profile !== undefined && '--profile',
    args.transports !== undefined && '--transports',
  ].filter((flag) => flag !== false);
  if (given.length === 0) return;
  throw usageError(`${given.join(', ')}: with a manifest, what is exposed stands in the manifest`);
}
