import { tooLarge } from '../../read/too-large.js';

/** What is kept of a script. A mark is a place in it, to come back to when what was written since turns out to be rows. */
export type KeptText = {
  add(bytes: Buffer): void;
  mark(): void;
  /** Forgets what was added since the mark. */
  forget(): void;
  /** Passes over bytes that are not kept. */
  skip(bytes: Buffer): void;
  /** What was added since the mark, at most so many bytes. */
  sinceMark(most: number): string;
  kept(): Buffer;
  /** The same with as many line ends as there were: what is kept stands on the lines where it stood. Only where asked for. */
  lined(): Buffer;
};

const LINE_END = 0x0a;

/** `limit` is how many bytes may be kept; throws an InputError (MCP108) above. */
export function keptText(what: string, limit: number, hasLines: boolean): KeptText {
  const kept = growing();
  const lined = growing();
  let mark = 0;
  let linedMark = 0;
  return {
    add: (bytes) => {
      if (kept.size() + bytes.length > limit) throw tooLarge(what, limit);
      kept.add(bytes);
      if (hasLines) lined.add(bytes);
    },
    mark: () => {
      mark = kept.size();
      linedMark = lined.size();
    },
    forget: () => {
      kept.cut(mark);
      if (!hasLines) return;
      const lines = countLines(lined.from(linedMark));
      lined.cut(linedMark);
      lined.add(Buffer.alloc(lines, LINE_END));
    },
    skip: (bytes) => {
      if (hasLines) lined.add(Buffer.alloc(countLines(bytes), LINE_END));
    },
    sinceMark: (most) => kept.from(mark).subarray(0, most).toString('latin1'),
    kept: () => kept.from(0),
    lined: () => lined.from(0),
  };
}

function growing() {
  let buffer = Buffer.alloc(0);
  let size = 0;
  return {
    size: () => size,
    from: (start: number) => buffer.subarray(start, size),
    cut: (to: number) => {
      size = to;
    },
    add: (bytes: Buffer) => {
      if (size + bytes.length > buffer.length) {
        const grown = Buffer.allocUnsafe(Math.max(65_536, (size + bytes.length) * 2));
        buffer.copy(grown, 0, 0, size);
        buffer = grown;
      }
      bytes.copy(buffer, size);
      size += bytes.length;
    },
  };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines += 1;
  return lines;
}
