import { resolve } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../diagnostics/diagnostic.js';
import { parseManifest, writeManifest, type Manifest } from '../sources/manifest/manifest.js';
import { createLoader, type Loader, type SourceText } from '../sources/read/loader.js';
import { isUrl } from '../sources/read/read-url.js';
import { during } from './interrupts.js';
import { breathe } from './io.js';
import { packageName, sourceId } from './naming.js';
import type { Session } from './session.js';
import type { Questions } from './ui/prompts.js';

/** The document that the user named, read once. */
export type OpenedSource = { loader: Loader; entry: SourceText; id: string };

/** Everything that was decided before anything is made. */
export type Choices = {
  source: string;
  document: OpenedSource;
  id: string;
  /** As typed: relative to the working directory. */
  dir: string;
  transports: Manifest['serve']['transports'];
  include: string[];
  /** There while questions can be asked. */
  ask?: Questions;
};

/** Opens a source named on the command line. Throws an InputError. */
export async function openSource(session: Session, source: string): Promise<OpenedSource> {
  const { args, io, progress } = session;
  const refRoot = args.refRoot === undefined ? undefined : resolve(io.cwd, args.refRoot);
  const { cwd: base, stdin, signal } = io;
  const loader = createLoader({ base, stdin, signal, refRoot: () => refRoot });
  session.addTexts((file) => loader.texts().find((text) => text.file === file)?.text);
  progress.phase(isUrl(source) ? 'downloading' : 'reading');
  const entry = await during(io, 'waiting', () => loader.readEntry(source));
  await breathe(io);
  return { loader, entry, id: sourceId(source, entry.text) };
}

/** The manifest of a new project, with the document where it is now. Throws an InputError for values that do not fit. */
export function draftManifest(
  { args }: Session,
  choices: Pick<Choices, 'source' | 'id' | 'dir' | 'transports' | 'include'>,
): Manifest {
  if (args.baseUrl !== undefined) refuseCredentials(args.baseUrl);
  const manifest: Manifest = {
    manifestVersion: 1,
    name: args.name ?? packageName(resolve('/', choices.dir)),
    version: '1.0.0',
    sources: {
      [choices.id]: {
        openapi: choices.source,
        ...(isUrl(choices.source) && { documentUrl: withoutQuery(choices.source) }),
        ...(args.baseUrl !== undefined && { baseUrl: args.baseUrl }),
        ...(choices.include.length > 0 && { include: choices.include }),
        ...(args.exclude.length > 0 && { exclude: args.exclude }),
      },
    },
    ...(args.outputSchemas !== undefined && { output: { schemas: args.outputSchemas } }),
    serve: { transports: choices.transports },
  };
  // The flags are checked by the rules of the file that they become.
  return namingFlags(() => parseManifest(writeManifest(manifest), 'mcp.yaml'), choices.id);
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
};

function refuseCredentials(address: string): void {
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(address)) throw new InputError([diagnostic('MCP114', {})]);
}

/** An address to keep: a query may hold a token; relative server addresses do not need it. */
export function withoutQuery(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname}`;
}
