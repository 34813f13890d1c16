import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** `cut` says why the rest is missing. */
export type ReadBody = { bytes: Buffer; cut?: 'size' | 'time' };

/** More than one layer of compression is allowed by RFC 9110 §8.4, more than this is an attack. */
const MAX_LAYERS = 2;

/**
 * Reads a body to its end or to `maxBytes`, counted after decompression: a few hundred kilobytes
 * can unpack to as many megabytes. What came before a time-out is kept when `keepOnAbort` is
 * set; other errors are thrown.
 */
export async function readBody(
  source: Readable,
  contentEncoding: string,
  maxBytes: number,
  keepOnAbort: AbortSignal | undefined,
): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  const decoded = await decode(source, contentEncoding);
  try {
    for await (const chunk of decoded as AsyncIterable<Buffer>) {
      const room = maxBytes - size;
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      size += chunk.length;
      if (size > maxBytes) return { bytes: Buffer.concat(chunks), cut: 'size' };
    }
  } catch (error) {
    if (keepOnAbort?.aborted) return { bytes: Buffer.concat(chunks), cut: 'time' };
    throw error;
  } finally {
    decoded.destroy();
    source.destroy();
  }
  return { bytes: Buffer.concat(chunks) };
}

async function decode(source: Readable, contentEncoding: string): Promise<Readable> {
  const layers = contentEncoding
    .toLowerCase()
    .split(',')
    .map((layer) => layer.trim())
    .filter((layer) => layer !== '' && layer !== 'identity')
    .reverse();
  // The caller listens to the last stream only.
  source.on('error', () => undefined);
  if (layers.length > MAX_LAYERS) throw new Error(`unsupported encoding ${contentEncoding}`);
  let stream = source;
  for (const layer of layers) {
    stream = layer === 'deflate' ? await inflated(stream) : through(stream, decoder(layer));
  }
  return stream;
}

function decoder(layer: string): Transform {
  if (layer === 'gzip' || layer === 'x-gzip') return createGunzip();
  if (layer === 'br') return createBrotliDecompress();
  throw new Error(`unsupported encoding ${layer}`);
}

/** `deflate` means zlib (RFC 9110 §8.4.1.2), but some servers send it without its header. */
async function inflated(source: Readable): Promise<Readable> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const first = await chunks.next();
  if (first.done === true) return Readable.from([]);
  const hasHeader = (first.value[0]! & 0x0f) === 8;
  const all = Readable.from(withFirst(first.value, chunks));
  return through(all, hasHeader ? createInflate() : createInflateRaw());
}

async function* withFirst(first: Buffer, rest: AsyncIterableIterator<Buffer>) {
  yield first;
  yield* rest;
}

function through(source: Readable, transform: Transform): Readable {
  // Errors and closing travel both ways; the callback is needed for that and has nothing to add.
  return pipeline(source, transform, () => undefined);
}
