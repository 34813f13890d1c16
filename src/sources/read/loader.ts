import { realpath } from 'node:fs/promises';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { isDatabaseAddress, withoutCredentials } from './database-address.js';
import { tooLarge } from './too-large.js';
import { defaultReadLimits, type ReadLimits } from './limits.js';
import { readFileText, reasonOf } from './read-file.js';
import { listFolder } from './list-folder.js';
import { isUrl, readUrlText } from './read-url.js';
import { locateReference, referencePath } from './reference-path.js';
import { takeText, type ChooseFilter, type Taken } from './take-text.js';

/** A text that was read. `file` is how it is named in messages and by other files, e.g. `api/openapi.yaml`. */
export type SourceText = {
  file: string;
  text: string;
  /** Set when it turns out to be no part of a document: what was read for nothing is not kept with a project. */
  isForeign?: boolean;
  /** What is kept of it with a project, where that is not the text itself. */
  kept?: string;
  /** How many rows are not in the text, by table; there once it is known what of it is rows. */
  leftOut?: ReadonlyMap<string, number>;
};

/** Reads the documents of one run, each once. Every method throws an InputError for what cannot or may not be read. */
export type Loader = {
  /** The document that the user named: a path relative to the loader's base, an http(s) address, or `-`. */
  readEntry(source: string): Promise<SourceText>;
  /** Paths of the files of a folder whose names fit, below it; undefined where the source is no folder. */
  list(source: string, isWanted: (name: string) => boolean): Promise<string[] | undefined>;
  /** The file that a reference, written in `from` (the `file` of a text read before), means. A `#…` part is ignored. */
  readRelative(from: string, reference: string): Promise<SourceText>;
  /** The `file` that `readRelative` would give; undefined for what is never followed. Reads nothing. */
  resolveRelative(from: string, reference: string): string | undefined;
  /** Everything read so far, in that order, but for what is foreign. */
  texts(): SourceText[];
};

export type LoaderOptions = {
  /** Absolute folder that relative entry names start from. */
  base: string;
  /** Absolute folder that printed names start from; `base` unless given. */
  cwd?: string;
  /** Absolute folder that references of the entry at `path` may not leave; that document's own folder unless given. */
  refRoot?: (path: string) => string | undefined;
  stdin?: Readable;
  /** Ends downloads and waiting for standard input. */
  signal?: AbortSignal;
  limits?: Partial<ReadLimits>;
  /** Reads the schema of a live database as a text; without it no address of a database is read. */
  readDatabase?: (address: string) => Promise<string>;
  /** What of large texts is left out as they are read. */
  filter?: ChooseFilter;
  /** Texts that are at hand already, by entry name: nothing is read for them. */
  known?: ReadonlyMap<string, SourceText>;
};

/** A file on disk that was read, and the real path of the folder that its references may not leave. */
type Place = { path: string; root: string };

/** Makes a loader. Downloads happen only for an entry that is an address; references never leave the disk. */
export function createLoader(options: LoaderOptions): Loader {
  const limits = { ...defaultReadLimits, ...options.limits };
  const cwd = options.cwd ?? options.base;
  const entries = new Map<string, Promise<SourceText>>();
  const byFile = new Map<string, Promise<SourceText>>();
  const places = new Map<string, Place>();
  const entryNames = new Map<string, string>();
  const texts: SourceText[] = [];
  let total = 0;

  function keep(file: string, taken: Taken): SourceText {
    total += Buffer.byteLength(taken.text);
    if (total > limits.totalBytes) throw tooLarge('all files together', limits.totalBytes);
    if (texts.length >= limits.files) throw tooMany(limits.files);
    const text: SourceText = { file, ...taken };
    texts.push(text);
    return text;
  }

  async function readEntryOnce(source: string): Promise<SourceText> {
    const { filter, signal } = options;
    if (isUrl(source)) return keep(source, await readUrlText(source, limits, signal, filter));
    if (isDatabaseAddress(source)) return readLive(source);
    if (source === '-') {
      const stdin = options.stdin ?? Readable.from([]);
      if (options.signal) addAbortSignal(options.signal, stdin);
      return keep('-', await readStdin(stdin, limits.bytes, filter));
    }
    const path = resolve(options.base, source);
    const file = options.base === cwd ? source : posixPath(relative(cwd, path) || source);
    const text = keep(file, await readFileText(path, file, limits.bytes, { filter, signal }));
    const root = await realpath(options.refRoot?.(path) ?? dirname(path));
    places.set(normal(file), { path, root });
    return text;
  }

  async function readLive(address: string): Promise<SourceText> {
    const { readDatabase } = options;
    if (readDatabase === undefined) throw new InputError([diagnostic('MCP807', NO_DATABASE)]);
    const text = await readDatabase(address);
    return keep(withoutCredentials(address), { text });
  }

  async function readRelativeOnce(from: string, reference: string, file: string) {
    const place = places.get(normal(from));
    if (!place) {
      const why = 'the document is not a file, so it has no folder';
      throw new InputError([diagnostic('MCP106', { ref: reference, why })]);
    }
    const found = await locateReference(place.path, reference, place.root);
    const text = keep(file, await readFileText(found.real, file, limits.bytes));
    places.set(file, { path: found.path, root: place.root });
    return text;
  }

  return {
    readEntry: (source) =>
      once(entries, source, async () => {
        const text = options.known?.get(source) ?? (await readEntryOnce(source));
        byFile.set(normal(text.file), Promise.resolve(text));
        entryNames.set(normal(text.file), text.file);
        // What was read from a database is known by its address without a password too.
        if (isDatabaseAddress(source)) entries.set(text.file, Promise.resolve(text));
        return text;
      }),
    list: async (source, isWanted) => {
      if (isUrl(source) || source === '-') return undefined;
      if (options.known?.has(source) || isDatabaseAddress(source)) return undefined;
      return listFolder(resolve(options.base, source), isWanted, limits.files);
    },
    readRelative: async (from, reference) => {
      const file = nameOf(from, reference);
      return once(byFile, file, () => readRelativeOnce(from, reference, file));
    },
    resolveRelative: (from, reference) => {
      if (isUrl(from)) return undefined;
      try {
        const file = nameOf(from, reference);
        return entryNames.get(file) ?? file;
      } catch {
        return undefined;
      }
    },
    texts: () => texts.filter(({ isForeign }) => isForeign !== true),
  };
}

async function readStdin(stdin: Readable, limit: number, filter: ChooseFilter | undefined) {
  try {
    return await takeText(stdin, STDIN, limit, filter);
  } catch (error) {
    if (error instanceof InputError || (error as Error).name === 'AbortError') throw error;
    throw new InputError([diagnostic('MCP102', { file: STDIN, why: reasonOf(error) })]);
  }
}

const STDIN = 'standard input';
const NO_DATABASE = { address: 'this', why: 'databases are not read here' };

/** A failed read is remembered too: thousands of references may lead to the same missing file. */
function once<Value>(memory: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>) {
  const made = memory.get(key) ?? make();
  memory.set(key, made);
  return made;
}

function nameOf(from: string, reference: string): string {
  return normal(posix.join(posix.dirname(normal(from)), referencePath(reference)));
}

function normal(file: string): string {
  return isUrl(file) || file === '-' ? file : posix.normalize(posixPath(file));
}

function posixPath(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function tooMany(limit: number): InputError {
  return new InputError([
    diagnostic('MCP108', { what: 'the number of files', limit: String(limit) }),
  ]);
}
