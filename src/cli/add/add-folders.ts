import { z } from 'zod';
import { filesystemSource } from '../../sources/manifest/filesystem-source.js';
import type { Addition, AddRequest } from './addition.js';
import { refuseId } from './refuse-id.js';
import { missing } from './missing.js';
import { refuseInvalid } from './refuse-invalid.js';

const USAGE = 'DOCS_ROOT=./docs';

/** `add filesystem <NAME[=folder]> …`: folders, each known by a variable of the environment. */
export async function addFolders(request: AddRequest): Promise<Addition> {
  const { session, manifest, words, ask } = request;
  const { args } = session;
  const given = words.length > 0 ? words : [await ask?.root()].filter((word) => word !== undefined);
  if (given.length === 0) throw missing('filesystem', 'the variable that names the folder', USAGE);
  const roots = given.map(rootOf);
  const id = args.add.id ?? idOf(given[0] ?? '');
  refuseId(id, manifest.sources);
  const { extensions, prefix } = args.add;
  const entry = {
    filesystem: roots,
    ...(args.access !== undefined && { access: args.access }),
    ...(extensions.length > 0 && { extensions }),
    ...(args.exclude.length > 0 && { exclude: args.exclude }),
    ...(prefix !== undefined && { prefix }),
  };
  const flags = { filesystem: given.join(' '), extensions: '--extension' };
  refuseInvalid(z.record(z.string(), filesystemSource), { key: id, entry }, flags);
  return { section: 'sources', key: id, entry };
}

/** `DOCS` → `${DOCS}`, `DOCS=./docs` → `${DOCS:-./docs}`; what is written as in mcp.yaml stays. */
function rootOf(word: string): string {
  if (word.startsWith('$')) return word;
  const at = word.indexOf('=');
  return at < 0 ? `\${${word}}` : `\${${word.slice(0, at)}:-${word.slice(at + 1)}}`;
}

/** `DOCS_ROOT=./docs` → `docs`. */
function idOf(word: string): string {
  const [name = ''] = /[A-Za-z][A-Za-z0-9_]*/.exec(word) ?? [];
  const id = name
    .toLowerCase()
    .replace(/_(?:root|dir|folder|path)s?$/, '')
    .replaceAll('_', '-');
  return id.slice(0, 40).replace(/-+$/, '') || 'files';
}
