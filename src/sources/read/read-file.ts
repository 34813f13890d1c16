import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { fileBytes } from './byte-stream.js';
import { DUMP_CONTENTS, refuseDumpFolder } from './refuse-format.js';
import { takeText, type ChooseFilter, type Taken } from './take-text.js';

/**
 * The text of a file, unpacked when it is gzip. Throws an InputError: unreadable (MCP102), no text (MCP116) or larger than
 * `limit` bytes (MCP108) without what a filter leaves out.
 */
export async function readFileText(
  path: string,
  name: string,
  limit: number,
  { filter, signal }: { filter?: ChooseFilter | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Taken> {
  try {
    return await takeText(await fileBytes(path, signal), name, limit, filter);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InputError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') await refuseDump(path, name);
    throw new InputError([diagnostic('MCP102', { file: name, why: reasonOf(error) })]);
  }
}

async function refuseDump(path: string, name: string): Promise<void> {
  const isDump = await access(join(path, DUMP_CONTENTS)).then(
    () => true,
    () => false,
  );
  if (isDump) refuseDumpFolder(name);
}

/** What went wrong with a file, in words and without the absolute path that Node puts into its messages. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'ENOTDIR') return 'a part of the path is not a folder';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ELOOP') return 'its links go round in circles';
  if (code?.startsWith('Z_')) return 'the gzip file is damaged';
  return code ?? 'it cannot be opened';
}
