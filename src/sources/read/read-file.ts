import { open } from 'node:fs/promises';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { tooLarge } from './collect-bytes.js';
import { gunzip, isGzip } from './decode-text.js';

/**
 * The bytes of a regular file, unpacked when it is gzip. Throws an InputError: unreadable (MCP102) or larger than `limit`
 * bytes (MCP108), before as well as after unpacking.
 */
export async function readFileBytes(path: string, name: string, limit: number): Promise<Buffer> {
  try {
    const bytes = await readWhole(path, name, limit);
    return isGzip(bytes) ? gunzip(bytes, limit, name) : bytes;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([diagnostic('MCP102', { file: name, why: reasonOf(error) })]);
  }
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

async function readWhole(path: string, name: string, limit: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' });
    // Devices and pipes (`/dev/stdin`, process substitution) have no size: count what comes.
    if (facts.isFile() && facts.size > limit) throw tooLarge(name, limit);
    return await readUpTo(file, facts.isFile() ? facts.size : 0, name, limit);
  } finally {
    await file.close();
  }
}

async function readUpTo(
  file: Awaited<ReturnType<typeof open>>,
  expected: number,
  name: string,
  limit: number,
): Promise<Buffer> {
  let buffer = Buffer.allocUnsafe(Math.max(expected + 1, 64 * 1024));
  let size = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, size, buffer.length - size, null);
    if (bytesRead === 0) return buffer.subarray(0, size);
    size += bytesRead;
    if (size > limit) throw tooLarge(name, limit);
    if (size === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
  }
}
