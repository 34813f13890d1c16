import { TextDecoder } from 'node:util';
import { mediaParameter } from './media-type.js';

/**
 * The characters of a body: by its byte order mark, its charset, or UTF-8. The mark itself is
 * dropped.
 */
export function responseText(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = markedCharset(bytes) ?? mediaParameter(contentType, 'charset') ?? 'utf-8';
  return decoderFor(charset).decode(bytes);
}

/** True when the bytes are UTF-8 text, which may be cut: what an answer without a content type is taken for. */
export function isUtf8Text(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function markedCharset(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
