import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SourceKey } from '../sources/manifest/sources.js';
import { isDatabaseAddress } from '../sources/read/database-address.js';
import { isUrl } from '../sources/read/read-url.js';
import { looksLikeScript } from '../sources/sql/looks-like-script.js';
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
  return looksLikeScript(file, text) ? 'sql' : 'openapi';
}

/** Whether a text is a manifest: it names sources, or itself and what it offers, and no version of OpenAPI. */
export function isManifestText(text: string): boolean {
  if (/^\s*\{/.test(text)) return hasManifestKeys(text);
  const has = (keys: string) => new RegExp(`^["']?(?:${keys})["']?\\s*:`, 'm').test(text);
  if (has('openapi|swagger|paths')) return false;
  return has('sources') || (has('name') && has('tools|resources|prompts'));
}

function hasManifestKeys(text: string): boolean {
  if (text.length > 1_000_000 || !/"(?:sources|tools|resources|prompts)"/.test(text)) return false;
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const has = (key: string) => Object.hasOwn(value, key);
    if (has('openapi') || has('swagger') || has('paths')) return false;
    // Lists of these are what a server answered, as in mcp.tools.json.
    const offers = ['tools', 'resources', 'prompts'];
    return has('sources') || (has('name') && offers.some((key) => isEntries(value[key])));
  } catch {
    return false;
  }
}

function isEntries(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
