import { relative, resolve } from 'node:path';
import { InputError } from '../../diagnostics/diagnostic.js';
import { databaseVariable, DATABASE_URL } from '../../sources/manifest/database-variable.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import { withInput, type SourceEntry } from '../../sources/manifest/sources.js';
import { isDatabaseAddress } from '../../sources/read/database-address.js';
import { isUrl } from '../../sources/read/read-url.js';
import { readPositionals, unreadable } from '../positionals.js';
import { draftManifest, openSource, withoutQuery, type OpenedSource } from '../source-document.js';
import type { TakenSource } from '../take-source.js';
import { usageError } from '../usage-error.js';
import type { Addition, AddRequest } from './addition.js';
import { missing } from './missing.js';
import { refuseId } from './refuse-id.js';

const NAMES = { openapi: 'an OpenAPI document', sql: 'an SQL schema', manifest: 'a manifest' };

/** `add openapi|sql <file or address>`: one more source, told by its document. */
export async function addDocument(kind: 'openapi' | 'sql', request: AddRequest): Promise<Addition> {
  const { session, folder, manifest, words, ask } = request;
  const { args, io } = session;
  const word = words[0] ?? (await ask?.document(kind));
  if (word === undefined) throw missing(kind, NAMES[kind], '<file or address>');
  const { source } = readPositionals([word], io.cwd);
  if (source === undefined) throw new InputError([unreadable(word, io.cwd)]);
  const document = await openSource(session, source, folder.root);
  if (document.kind !== kind) throw usageError(wrongKind(word, document.kind, kind));
  const id = args.add.id ?? (await freeId(request, document.id));
  refuseId(id, manifest.sources);

  // What flags say is checked by the rules of the file before anything is made.
  const draft = draftManifest(session, {
    document,
    source: isUrl(document.shown) ? document.shown : document.input,
    id,
    dir: folder.root,
    transports: manifest.serve.transports,
    include: args.include,
  });
  const entry = withOwnAddress(id, await withDialect(draft.sources[id]!, document, ask), manifest);
  const taken = takenAs(id, document, io.cwd, folder.root);
  return { section: 'sources', key: id, entry: withInput(entry, taken.entry), taken };
}

/** What is told by looking at a schema is written down. */
async function withDialect(
  entry: SourceEntry,
  document: OpenedSource,
  ask: AddRequest['ask'],
): Promise<SourceEntry> {
  if (!('sql' in entry) || entry.dialect !== undefined) return entry;
  const { readDialect } = await import('../../sources/sql/read-schema.js');
  const { sql, ...rest } = entry;
  const dialect = await readDialect(document.input, document.loader).catch((error: unknown) => {
    const isUnsure = error instanceof InputError && error.diagnostics[0]?.code === 'MCP846';
    return isUnsure && ask ? ask.dialect() : Promise.reject(error);
  });
  return { sql, dialect, ...rest };
}

/** Two databases do not have one address: the second one gets a variable of its own. */
function withOwnAddress(id: string, entry: SourceEntry, { sources }: Manifest): SourceEntry {
  if (!('sql' in entry) || entry.database !== undefined) return entry;
  const variable = databaseVariable(id, { ...sources, [id]: entry });
  return variable === DATABASE_URL ? entry : { ...entry, database: `\${${variable}}` };
}

/** The document as it was read: nothing is read again. */
function takenAs(
  id: string,
  { input, entry, loader }: OpenedSource,
  cwd: string,
  root: string,
): TakenSource {
  if (isDatabaseAddress(input)) return { id, entry: entry.file, loader };
  if (input === '-') return { id, entry: input, loader };
  if (isUrl(input)) return { id, entry: input, loader, documentUrl: withoutQuery(input) };
  return { id, entry: input, loader, shown: relative(cwd, resolve(root, input)) };
}

function wrongKind(word: string, found: OpenedSource['kind'], kind: string): string {
  const is = NAMES[found as keyof typeof NAMES] ?? `one of the kind ${found}`;
  return found === 'manifest'
    ? `${word} is a manifest: a project of its own is made from it`
    : `${word} is ${is}, not ${NAMES[kind as keyof typeof NAMES]}: add ${found} ${word}`;
}

async function freeId({ manifest, ask }: AddRequest, id: string): Promise<string> {
  const isTaken = Object.hasOwn(manifest.sources, id);
  return isTaken && ask ? ask.id(id, Object.keys(manifest.sources)) : id;
}
