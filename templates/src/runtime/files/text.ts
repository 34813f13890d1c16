import { UserInputError } from '../calls/user-input-error.js';
import { shownPath } from './read-path.js';

const PROBE = 8_192;

/** Whether bytes look like something that is not text. */
export function looksBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, PROBE).includes(0);
}

/** UTF-8 as it is, a byte order mark included; undefined where it is not UTF-8. */
export function decodeText(bytes: Buffer): string | undefined {
  if (looksBinary(bytes)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a file. Throws an UserInputError where it holds none. */
export function textOf(bytes: Buffer, path: string): string {
  const text = decodeText(bytes);
  if (text === undefined) throw new UserInputError(`${shownPath(path)} is not UTF-8 text.`);
  return text;
}

/** With their line ends, so that joining them gives the text. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n').map((line) => `${line}\n`);
  const last = lines.pop()!.slice(0, -1);
  return last === '' ? lines : [...lines, last];
}

/** The bytes without parts of characters at the beginning and, unless the text ends there, at the end. */
export function wholeCharacters(bytes: Buffer, isEnd: boolean): { skipped: number; bytes: Buffer } {
  let from = 0;
  while (from < Math.min(3, bytes.length) && (bytes[from]! & 0xc0) === 0x80) from += 1;
  let to = bytes.length;
  for (let back = 1; !isEnd && back <= Math.min(4, bytes.length - from); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needed > back) to = bytes.length - back;
    break;
  }
  return { skipped: from, bytes: bytes.subarray(from, to) };
}
