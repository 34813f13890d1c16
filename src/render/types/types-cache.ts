import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Formatted source text of one exported type, and the declared types that it mentions. */
export type TypeDeclaration = { text: string; refs: string[] };

/** Raised whenever the same schema is printed differently. */
const VERSION = 1;
const MAX_ENTRIES = 20_000;

export type TypesCache = {
  get: (key: string) => TypeDeclaration | undefined;
  set: (key: string, declaration: TypeDeclaration) => void;
  /** Writes the file if anything is new. Never throws: a cache that cannot be written is no reason to fail. */
  save: () => Promise<void>;
};

/** Key of a declaration: everything that its text depends on. */
export function cacheKey(name: string, schema: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([name, schema]))
    .digest('base64url')
    .slice(0, 27);
}

/** Declarations by content hash in one file of `dir`; without `dir` nothing is remembered. */
export async function openTypesCache(dir: string | undefined): Promise<TypesCache> {
  if (dir === undefined)
    return { get: () => undefined, set: () => undefined, save: async () => {} };
  const file = join(dir, `types-v${VERSION}.json`);
  const known = await readEntries(file);
  const used = new Map<string, TypeDeclaration>();
  let changed = false;
  return {
    get: (key) => {
      const found = known.get(key);
      if (found !== undefined) used.set(key, found);
      return found;
    },
    set: (key, declaration) => {
      used.set(key, declaration);
      changed = true;
    },
    save: async () => {
      if (!changed) return;
      const entries = [...new Map([...used, ...known])].slice(0, MAX_ENTRIES);
      await writeEntries(dir, file, entries).catch(() => {});
    },
  };
}

async function readEntries(file: string): Promise<Map<string, TypeDeclaration>> {
  try {
    const entries: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!Array.isArray(entries) || !entries.every(isEntry)) return new Map();
    return new Map(entries);
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is [string, TypeDeclaration] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const declaration = value[1] as Partial<TypeDeclaration> | null;
  return typeof declaration?.text === 'string' && Array.isArray(declaration.refs);
}

async function writeEntries(
  dir: string,
  file: string,
  entries: [string, TypeDeclaration][],
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(draft, JSON.stringify(entries));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
