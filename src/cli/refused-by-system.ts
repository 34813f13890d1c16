import { access, constants, mkdir, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';

/** What the file system refuses for reasons that lie with it and not with this program. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links go round in circles',
};

/** Bytes; the limit of all common file systems. */
const LONGEST_NAME = 255;

/** An error of the file system that the user can do something about, as an InputError (MCP517); undefined for any other. */
export function refusedBySystem(error: unknown, shown?: string): InputError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || REASONS[code] === undefined) return undefined;
  return refused(shown ?? path ?? 'the folder', code);
}

/** Throws an InputError (MCP517) where the folder `root` cannot be made or filled: before minutes of work, not after. */
export async function requireWritable(
  root: string,
  shown: string,
  missing?: string,
): Promise<void> {
  // Some file systems say of a long name that it is missing.
  if (Buffer.byteLength(basename(root)) > LONGEST_NAME) throw refused(shown, 'ENAMETOOLONG');
  try {
    await access(root, constants.W_OK | constants.X_OK);
    if (missing !== undefined) await tryFolder(missing, shown);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (isMissing && dirname(root) !== root) return requireWritable(dirname(root), shown, root);
    throw refusedBySystem(error, shown) ?? error;
  }
}

/** Some file systems (/proc) take no folders and say that something is missing: making one there with its parents never ends. */
async function tryFolder(path: string, shown: string): Promise<void> {
  try {
    await mkdir(path);
    await rmdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another run was first.
    if (code === 'EEXIST' || code === 'ENOTEMPTY') return;
    if (code !== 'ENOENT') throw error;
    const why = 'no folder can be made there';
    throw new InputError([diagnostic('MCP517', { path: shortened(shown), why })]);
  }
}

function refused(path: string, code: string): InputError {
  return new InputError([diagnostic('MCP517', { path: shortened(path), why: REASONS[code]! })]);
}

function shortened(path: string): string {
  return path.length > 120 ? `${path.slice(0, 60)}…${path.slice(-40)}` : path;
}
