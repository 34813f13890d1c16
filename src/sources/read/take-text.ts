import { asUtf8, isGzip, peekBytes, unpacked, type Bytes } from './byte-stream.js';
import { refuseFormat } from './refuse-format.js';
import { tooLarge } from './too-large.js';

/** A text of which only a part is kept, as it streams by in UTF-8. */
export type TextFilter = {
  push(chunk: Uint8Array): void;
  /** `text` is what is read, `kept` what stays with a project; `leftOut` counts the rest by name. */
  end(): Taken;
};

export type Taken = { text: string; kept?: string; leftOut?: ReadonlyMap<string, number> };

/** Chooses by name and beginning of a large text whether, and how, only a part of it is kept: at most `limit` bytes. */
export type ChooseFilter = (file: string, head: string, limit: number) => TextFilter | undefined;

/** Texts up to this are read whole: by all of them together it is told what they are. */
export const WHOLE_BYTES = 8 * 1024 * 1024;
const MAGIC_BYTES = 512;

/**
 * The text of a stream, unpacked and decoded. Above `limit` bytes only what a filter keeps may be left. Throws an InputError:
 * too large (MCP108), a format that is no text (MCP116); any other error where the gzip is broken.
 */
export async function takeText(
  stream: Bytes,
  file: string,
  limit: number,
  choose: ChooseFilter | undefined,
): Promise<Taken> {
  const packed = await peekBytes(stream, MAGIC_BYTES);
  let all = packed.all;
  if (isGzip(packed.head)) {
    const inner = await peekBytes(unpacked(all), MAGIC_BYTES);
    refuseFormat(inner.head, file, true);
    all = inner.all;
  } else refuseFormat(packed.head, file, false);

  const chunks: Uint8Array[] = [];
  let size = 0;
  let filter: TextFilter | undefined;
  let isChosen = choose === undefined;
  for await (const chunk of asUtf8(all)) {
    if (filter) {
      filter.push(chunk);
      continue;
    }
    chunks.push(chunk);
    size += chunk.length;
    if (!isChosen && size > Math.min(WHOLE_BYTES, limit)) {
      isChosen = true;
      filter = choose!(file, Buffer.concat(chunks).toString('utf8'), limit);
      if (filter) for (const begun of chunks.splice(0)) filter.push(begun);
    }
    if (!filter && size > limit) throw tooLarge(file, limit);
  }
  return filter ? filter.end() : { text: new TextDecoder('utf-8').decode(Buffer.concat(chunks)) };
}
