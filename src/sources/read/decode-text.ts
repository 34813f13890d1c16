import { gunzipSync } from 'node:zlib';
import { tooLarge } from './collect-bytes.js';

/** Whether bytes are a gzip file (RFC 1952 §2.3.1), whatever the file is called. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks a gzip file up to `limit` decoded bytes; throws an InputError (MCP108) above, any other error when broken. */
export function gunzip(bytes: Uint8Array, limit: number, what: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(what, limit);
    throw error;
  }
}

/** Bytes as text without byte order mark: UTF-16 where a mark says so, UTF-8 otherwise. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeBigEndian(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function decodeBigEndian(bytes: Uint8Array): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return new TextDecoder('utf-16le').decode(even.swap16());
}
