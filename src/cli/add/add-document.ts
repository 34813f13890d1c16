import { InputError } from '../../diagnostics/diagnostic.js';
import { databaseVariable, DATABASE_URL } from '../../sources/manifest/database-variable.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import { withInput, type SourceEntry } from '../../sources/manifest/sources.js';
import { isDatabaseAddress } from '../../sources/read/database-address.js';
import { isUrl } from '../../sources/read/read-url.js';
import { read } from '../pipe.js';
import { readPositionals, unreadable } from '../positionals.js';
import { refuseUnused } from '../refuse-unused.js';
import { draftManifest, openSource, pinnedEntry, type OpenedSource } from '../source-document.js';
import { takeInput, type TakenSource } from '../take-source.js';
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
  const document = await openSource(session, source);
  if (document.kind !== kind) throw usageError(wrongKind(word, document.kind, kind));
  const id = args.add.id ?? (await freeId(request, document.id));
  refuseId(id, manifest.sources);

  // Alone first: what flags say is checked by the rules of the file, and what the document tells is written down.
  const draft = draftManifest(session, {
    document,
    source: document.shown,
    id,
    dir: manifest.name,
    transports: manifest.serve.transports,
    include: args.include,
  });
  const blueprint = await read(session, draft, document.loader);
  refuseUnused(blueprint);
  const entry = withOwnAddress(id, pinnedEntry(draft.sources[id]!, blueprint), manifest);
  const taken = await takeOpened(request, id, document, folder.root);
  return { section: 'sources', key: id, entry: withInput(entry, taken.entry), taken };
}

/** Two databases do not have one address: the second one gets a variable of its own. */
function withOwnAddress(id: string, entry: SourceEntry, { sources }: Manifest): SourceEntry {
  if (!('sql' in entry) || entry.database !== undefined) return entry;
  const variable = databaseVariable(id, { ...sources, [id]: entry });
  return variable === DATABASE_URL ? entry : { ...entry, database: `\${${variable}}` };
}

/** Standard input and databases were read already, and are not read again. */
async function takeOpened(
  { session }: AddRequest,
  id: string,
  { input, entry, loader, shown }: OpenedSource,
  root: string,
): Promise<TakenSource> {
  if (isDatabaseAddress(input)) return { id, entry: entry.file, loader };
  if (input === '-') return { id, entry: input, loader };
  const taken = await takeInput(session, root, { id, source: input });
  return isUrl(shown) ? { ...taken, loader } : taken;
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
