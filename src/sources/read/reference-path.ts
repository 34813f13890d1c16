import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { reasonOf } from './read-file.js';

/**
 * The file part of a relative reference (no `#…`), as a path. Throws an InputError for what is never followed: network
 * addresses (MCP105), absolute paths, `file:` and other schemes (MCP107).
 */
export function referencePath(reference: string): string {
  const path = reference.replace(/[#?].*$/s, '');
  if (/^https?:/i.test(path) || path.startsWith('//')) {
    throw new InputError([diagnostic('MCP105', { ref: reference })]);
  }
  const decoded = percentDecoded(path);
  // A drive letter (`C:`) is a scheme of one letter, and a backslash a separator on some systems only.
  const foreign = /^[a-z][a-z0-9+.-]*:/i.test(decoded) || /[\\\0]/.test(decoded);
  // Hidden files hold keys and settings, never a part of a document.
  const hidden = decoded.split('/').some((part) => /^\.[^.]|^\.\..+/.test(part));
  if (foreign || hidden || isAbsolute(decoded)) throw outside(reference);
  return decoded;
}

/**
 * Where a reference that was written in the file at `from` leads, as written and with all links followed; the latter is
 * checked to lie below `root` (a real path). Throws an InputError: outside (MCP107), missing (MCP106).
 */
export async function locateReference(
  from: string,
  reference: string,
  root: string,
): Promise<{ path: string; real: string }> {
  const path = resolve(dirname(from), referencePath(reference));
  try {
    const real = await realpath(path);
    if (!isBelow(root, real)) throw outside(reference);
    return { path, real };
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Not even existence is told of files outside.
    if (!isBelow(root, await realFolder(dirname(path)))) throw outside(reference);
    throw new InputError([diagnostic('MCP106', { ref: reference, why: reasonOf(error) })]);
  }
}

/** The real path of the nearest folder that exists. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : realFolder(dirname(path));
  }
}

/** Whether `path` is `root` or lies below it, by path segments; both absolute. */
function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function outside(reference: string): InputError {
  return new InputError([diagnostic('MCP107', { ref: reference })]);
}

function percentDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
