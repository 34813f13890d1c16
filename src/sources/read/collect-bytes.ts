import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { mebibytes } from './limits.js';

/**
 * Everything that a stream gives, as long as it is at most `limit` bytes; throws an InputError (MCP108) on the first
 * byte above, without reading on.
 */
export async function collectBytes(
  stream: AsyncIterable<Uint8Array | string>,
  limit: number,
  what: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw tooLarge(what, limit);
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks);
}

/** The error for a source that is larger than it may be. */
export function tooLarge(what: string, limit: number): InputError {
  return new InputError([diagnostic('MCP108', { what, limit: mebibytes(limit) })]);
}
