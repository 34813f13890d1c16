import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SourceKey } from '../sources/manifest/sources.js';
import { isDatabaseAddress } from '../sources/read/database-address.js';
import { isUrl } from '../sources/read/read-url.js';
import { isScriptName } from '../sources/sql/script-name.js';
import { isSnapshot } from '../sources/sql/snapshot.js';

const SQLITE_MAGIC = 'SQLite format 3\0';

/** A word of the command line as an input: a SQLite file is a live database, and read as one. */
export async function asInput(word: string, cwd: string): Promise<string> {
  if (word === '-' || isUrl(word) || isDatabaseAddress(word)) return word;
  return (await isSqliteFile(resolve(cwd, word))) ? `sqlite:${word}` : word;
}

async function isSqliteFile(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    if (!(await file.stat()).isFile()) return false;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return bytesRead === 16 && buffer.toString('latin1') === SQLITE_MAGIC;
  } catch {
    return false;
  } finally {
    await file.close();
  }
}

/** What kind of source a text is, by its name and by what stands in it. */
export function kindOfText(file: string, text: string): SourceKey {
  if (isSnapshot(text) || isDatabaseAddress(file)) return 'sql';
  if (isScriptName(file.replace(/[?#].*$/s, ''))) return 'sql';
  const head = text.slice(0, 200_000);
  if (/^\s*(?:["'{]|openapi\s*:|swagger\s*:)/.test(head)) return 'openapi';
  return /^\s*(?:create|alter)\s+(?:(?:or\s+replace|temporary|temp|unlogged|external)\s+)*(?:table|view|schema|type|extension|database)\b/im.test(
    head,
  )
    ? 'sql'
    : 'openapi';
}

/** Whether a text is a manifest: it names sources, and no version of OpenAPI. */
export function isManifestText(text: string): boolean {
  if (/^\s*\{/.test(text)) return hasManifestKeys(text);
  const isDocument = /^["']?(?:openapi|swagger|paths)["']?\s*:/m.test(text);
  return !isDocument && /^["']?sources["']?\s*:/m.test(text);
}

function hasManifestKeys(text: string): boolean {
  if (text.length > 1_000_000 || !text.includes('"sources"')) return false;
  try {
    const value = JSON.parse(text) as object;
    return Object.hasOwn(value, 'sources') && !Object.hasOwn(value, 'paths');
  } catch {
    return false;
  }
}
