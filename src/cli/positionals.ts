import { existsSync, readdirSync, statSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { closest } from '../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../diagnostics/diagnostic.js';
import { COMMANDS } from './command-names.js';
import { isDatabaseAddress } from '../sources/read/database-address.js';
import { DUMP_CONTENTS } from '../sources/read/refuse-format.js';
import { isScriptName } from '../sources/sql/script-name.js';
import { usageError } from './usage-error.js';

export type Positionals = { source?: string; dir?: string };

const DOCUMENT = /\.(?:json|ya?ml|sql)(?:\.gz)?$/i;

/**
 * Tells source and directory apart: the first word that is an existing file, an address or `-` is the source, what is left
 * is the directory. Throws an InputError for a mistyped command (MCP602) and for a document that is not there (MCP102).
 */
export function readPositionals(words: readonly string[], cwd: string): Positionals {
  for (const word of words) refuseScheme(word);
  const source = words.find((word) => isSource(word, cwd));
  const rest = words.filter((word) => word !== source);
  for (const word of rest) refuseTypo(word, cwd);
  const missing =
    source === undefined ? (rest.length > 1 ? rest[0] : rest.find(isDocumentName)) : undefined;
  if (missing !== undefined) {
    throw new InputError([unreadable(missing, cwd)]);
  }
  return {
    ...(source !== undefined && { source }),
    ...(rest[0] !== undefined && { dir: rest[0] }),
  };
}

/** Why a word that stands where a document should is none (MCP102, MCP822). */
export function unreadable(word: string, cwd: string): Diagnostic {
  if (factsOf(word, cwd)?.isDirectory()) return diagnostic('MCP822', { folder: word });
  return diagnostic('MCP102', { file: word, why: 'there is no such file' });
}

function isSource(word: string, cwd: string): boolean {
  if (word === '-' || /^https?:\/\//i.test(word) || isDatabaseAddress(word)) return true;
  const facts = factsOf(word, cwd);
  if (facts === undefined) return false;
  return !facts.isDirectory() || holdsScripts(resolve(cwd, word));
}

/** What is there by that name; undefined where there is nothing, or nothing that can be looked at. */
function factsOf(word: string, cwd: string): Stats | undefined {
  try {
    return statSync(resolve(cwd, word), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Folders below a source in which scripts are looked for, as `prisma/migrations/<name>/migration.sql` has them. */
const SCRIPT_DEPTH = 2;
const MOST_FOLDERS = 50;

/** A folder of migrations is a source, and one that pg_dump wrote is meant as one; any other is where the project goes. */
function holdsScripts(folder: string): boolean {
  try {
    if (existsSync(resolve(folder, DUMP_CONTENTS))) return true;
    return !existsSync(resolve(folder, 'mcp.yaml')) && hasScript(folder, SCRIPT_DEPTH);
  } catch {
    return false;
  }
}

function hasScript(folder: string, depth: number): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => !entry.isDirectory() && isScriptName(entry.name))) return true;
  if (depth === 0) return false;
  return entries
    .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
    .slice(0, MOST_FOLDERS)
    .some(({ name }) => hasScript(resolve(folder, name), depth - 1));
}

function isDocumentName(word: string): boolean {
  return DOCUMENT.test(word);
}

function refuseScheme(word: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(word)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return;
  if (isDatabaseAddress(word)) return;
  throw usageError(
    `${scheme}:// addresses are not read, only http, https, postgres, mysql and sqlite`,
  );
}

/** `regenrate` must not become a folder; `./regenrate` may. */
function refuseTypo(word: string, cwd: string): void {
  if (!/^[a-z]+$/i.test(word)) return;
  if (factsOf(word, cwd)?.isDirectory()) return;
  const suggestion = closest(word, COMMANDS);
  if (suggestion !== undefined) throw new InputError([diagnostic('MCP602', { word, suggestion })]);
}
