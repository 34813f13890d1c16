import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export type Bytes = AsyncIterable<Uint8Array>;

const CHUNK = 1024 * 1024;

/** The bytes of a file as they are on disk. Rejects as the file system does; a folder is no file (EISDIR). */
export async function fileBytes(path: string, signal?: AbortSignal): Promise<Bytes> {
  if ((await stat(path)).isDirectory())
    throw Object.assign(new Error('folder'), { code: 'EISDIR' });
  return createReadStream(path, { highWaterMark: CHUNK, ...(signal && { signal }) });
}

/** At least `size` bytes of the beginning, if there are so many, and everything again. */
export async function peekBytes(bytes: Bytes, size: number): Promise<{ head: Buffer; all: Bytes }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let have = 0;
  let isEnd = false;
  while (have < size && !isEnd) {
    const next = await iterator.next();
    isEnd = next.done === true;
    if (next.done !== true) {
      chunks.push(Buffer.from(next.value));
      have += next.value.length;
    }
  }
  const head = Buffer.concat(chunks);
  async function* all() {
    try {
      if (head.length > 0) yield head;
      for (;;) {
        const next = isEnd ? { done: true as const, value: undefined } : await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head, all: all() };
}

/** Whether bytes are a gzip file (RFC 1952 §2.3.1), whatever the file is called. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks gzip (RFC 1952), all members of it. */
export function unpacked(bytes: Bytes): Bytes {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // What fails is told by reading from it.
  pipeline(Readable.from(bytes), gunzip, () => undefined);
  return gunzip;
}

/** Text in UTF-8 without byte order mark: from UTF-16 where a mark says so. */
export async function* asUtf8(bytes: Bytes): Bytes {
  const { head, all } = await peekBytes(bytes, 3);
  const isBig = head[0] === 0xfe && head[1] === 0xff;
  if (isBig || (head[0] === 0xff && head[1] === 0xfe)) yield* fromUtf16(all, isBig);
  else yield* withoutMark(all, head.subarray(0, 3).equals(UTF8_MARK) ? 3 : 0);
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function* withoutMark(bytes: Bytes, length: number): Bytes {
  let left = length;
  for await (const chunk of bytes) {
    const cut = Math.min(left, chunk.length);
    left -= cut;
    if (cut < chunk.length) yield cut === 0 ? chunk : chunk.subarray(cut);
  }
}

async function* fromUtf16(bytes: Bytes, isBig: boolean): Bytes {
  const decoder = new TextDecoder('utf-16le');
  let odd = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const joined = Buffer.concat([odd, chunk]);
    const even = joined.length - (joined.length % 2);
    odd = joined.subarray(even);
    const units = joined.subarray(0, even);
    const text = decoder.decode(isBig ? units.swap16() : units, { stream: true });
    if (text !== '') yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}
