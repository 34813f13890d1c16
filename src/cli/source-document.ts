import { relative, resolve } from 'node:path';
import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../diagnostics/diagnostic.js';
import { parseManifest, writeManifest, type Manifest } from '../sources/manifest/manifest.js';
import { createLoader, type Loader, type SourceText } from '../sources/read/loader.js';
import { isDatabaseAddress, withoutCredentials } from '../sources/read/database-address.js';
import { isUrl } from '../sources/read/read-url.js';
import type { SourceEntry, SourceKey } from '../sources/manifest/sources.js';
import { readDatabase } from '../sources/sql/read-live.js';
import { rowFilter } from '../sources/sql/rows/leave-out-rows.js';
import { refuseFolder } from '../sources/sql/read-scripts.js';
import { isScriptName } from '../sources/sql/script-name.js';
import type { Arguments } from './arguments.js';
import { asInput, isManifestText, kindOfText } from './source-kind.js';
import type { GivenManifest } from './given-manifest.js';
import { during } from './interrupts.js';
import { breathe } from './io.js';
import { packageName, sourceId } from './naming.js';
import type { Session } from './session.js';
import type { Questions } from './ui/prompts.js';

/** The input that the user named, read once. */
export type OpenedSource = {
  kind: SourceKey | 'manifest';
  /** As the loader knows it. */
  input: string;
  /** As it may be shown: without a password. */
  shown: string;
  loader: Loader;
  /** The document itself; of a folder of scripts only its name. */
  entry: SourceText;
  isFolder: boolean;
  id: string;
};

/** Everything that was decided before anything is made. */
export type Choices = {
  source: string;
  document: OpenedSource;
  id: string;
  /** As typed: relative to the working directory. */
  dir: string;
  transports: Manifest['serve']['transports'];
  include: string[];
  /** The source is a manifest: it decides what else could be chosen. */
  given?: GivenManifest;
  /** There while questions can be asked. */
  ask?: Questions;
};

/** Opens a source named on the command line; files are known by their path from `base`, a folder. Throws an InputError. */
export async function openSource(
  session: Session,
  source: string,
  base = session.io.cwd,
): Promise<OpenedSource> {
  const { args, io, progress } = session;
  const refRoot = args.refRoot === undefined ? undefined : resolve(io.cwd, args.refRoot);
  const { cwd, stdin, signal } = io;
  const named = await asInput(source, cwd);
  const isFile = named !== '-' && !isUrl(named) && !isDatabaseAddress(named);
  const input = isFile && base !== cwd ? relative(base, resolve(cwd, named)) : named;
  const shown = isDatabaseAddress(source) ? withoutCredentials(source) : source;
  const loader = createLoader({
    ...{ base, cwd, stdin, signal },
    refRoot: () => refRoot,
    readDatabase: (address) => readDatabase(address, signal),
    filter: rowFilter(args.dialect),
  });
  session.addTexts((file) => loader.texts().find((text) => text.file === file)?.text);
  progress.phase(isUrl(source) ? 'downloading' : 'reading');
  const scripts = await loader.list(input, isScriptName);
  if (scripts?.length === 0) await refuseFolder(shown, input, loader);
  if (scripts !== undefined) {
    const entry = { file: input, text: '' };
    return { kind: 'sql', input, shown, loader, entry, isFolder: true, id: sourceId(input, '') };
  }
  const entry = await during(io, 'waiting', () => loader.readEntry(input));
  await breathe(io);
  const kind = isManifestText(entry.text) ? 'manifest' : kindOfText(entry.file, entry.text);
  return {
    kind,
    input,
    shown,
    loader,
    entry,
    isFolder: false,
    id: sourceId(entry.file, entry.text),
  };
}

/** The manifest of a new project, with the document where it is now. Throws an InputError for values that do not fit. */
export function draftManifest(
  { args, io }: Session,
  choices: Pick<Choices, 'document' | 'source' | 'id' | 'dir' | 'transports' | 'include'>,
): Manifest {
  if (args.baseUrl !== undefined) refuseCredentials(args.baseUrl);
  const manifest: Manifest = {
    manifestVersion: 1,
    name: args.name ?? packageName(resolve('/', choices.dir)),
    version: '1.0.0',
    sources: {
      [choices.id]:
        choices.document.kind === 'sql' ? sqlEntry(args, choices, io.cwd) : apiEntry(args, choices),
    },
    ...(args.outputSchemas !== undefined && { output: { schemas: args.outputSchemas } }),
    serve: { transports: choices.transports },
  };
  // The flags are checked by the rules of the file that they become.
  return namingFlags(() => parseManifest(writeManifest(manifest), 'mcp.yaml'), choices.id);
}

type Named = Pick<Choices, 'document' | 'source' | 'include' | 'dir'>;

function apiEntry(args: Arguments, { source, include }: Named): SourceEntry {
  return {
    openapi: source,
    ...(isUrl(source) && { documentUrl: withoutQuery(source) }),
    ...(args.baseUrl !== undefined && { baseUrl: args.baseUrl }),
    ...(include.length > 0 && { include }),
    ...(args.exclude.length > 0 && { exclude: args.exclude }),
    ...(args.add.prefix !== undefined && { prefix: args.add.prefix }),
  };
}

function sqlEntry(args: Arguments, { document, include, dir }: Named, cwd: string): SourceEntry {
  const { input, entry } = document;
  const file = sqliteFile(input, resolve(cwd, dir), cwd);
  return {
    // An address may hold a password: what is kept is the name of what was read, which has none.
    sql: isDatabaseAddress(input) ? entry.file : input,
    ...(args.dialect !== undefined && { dialect: args.dialect }),
    ...(args.reader !== undefined && { reader: args.reader }),
    ...(file !== undefined && { database: `\${DATABASE_URL:-sqlite:${file}}` }),
    ...(isDatabaseAddress(input) && { live: true }),
    ...(include.length > 0 && { include }),
    ...(args.exclude.length > 0 && { exclude: args.exclude }),
    ...(args.access !== undefined && { access: args.access }),
    ...(args.profile !== undefined && { profile: args.profile }),
    ...(args.add.prefix !== undefined && { prefix: args.add.prefix }),
  };
}

/** A SQLite file that was named, as it is found from the project; undefined where mcp.yaml cannot name it. */
function sqliteFile(input: string, root: string, cwd: string): string | undefined {
  const path = /^sqlite:(?:\/\/(?=\/))?(.+)$/is.exec(input)?.[1];
  if (path === undefined) return undefined;
  const file = relative(root, resolve(cwd, path)).replaceAll('\\', '/');
  return /^[^\s{}?#]+$/.test(file) ? file : undefined;
}

/** What the rules of the file say of a value that came from a flag is said of the flag. */
function namingFlags<Value>(check: () => Value, id: string): Value {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.diagnostics.map((found) => asFlag(found, id)));
  }
}

function asFlag(found: Diagnostic, id: string): Diagnostic {
  const [first, second, third] = found.origin?.path ?? [];
  const key = first === 'sources' && second === id ? third : first;
  const flag = FLAGS[String(key)];
  if (flag === undefined) return found;
  const { origin: _, at: __, ...rest } = found;
  const why = /cannot be used: (.*)$/.exec(found.message)?.[1] ?? found.message;
  return { ...rest, message: `${flag} cannot be used: ${why}` };
}

const FLAGS: Readonly<Record<string, string>> = {
  name: '--name',
  baseUrl: '--base-url',
  include: '--include',
  exclude: '--exclude',
  prefix: '--prefix',
};

function refuseCredentials(address: string): void {
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(address)) throw new InputError([diagnostic('MCP114', {})]);
}

/** An address to keep: a query may hold a token; relative server addresses do not need it. */
export function withoutQuery(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}

/** The entry of a database as it is kept: what was told by looking at the schema is written down. */
export function pinnedEntry(entry: SourceEntry, { sources }: Blueprint): SourceEntry {
  const [source] = sources;
  if (!('sql' in entry) || source?.kind !== 'sql') return entry;
  const { sql, ...rest } = entry;
  return { sql, dialect: source.database.dialect, ...rest };
}
