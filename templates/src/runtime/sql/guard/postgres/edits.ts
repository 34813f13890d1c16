import { UserInputError } from '../../../calls/user-input-error.js';

/** A piece of a statement as the scanner of PostgreSQL cuts it; offsets are in bytes. */
export type Piece = { start: number; end: number; text: string };

/** Text to put in the place of the bytes between two offsets. */
export type Edit = { start: number; end: number; text: string };

/** A statement in pieces, without comments. */
export type Pieces = {
  /** The piece that begins at the offset, or that many pieces after it. Throws where there is none. */
  at: (place: number, ahead?: number) => Piece;
  /** That many pieces before or after; undefined at the ends. */
  near: (place: number, ahead: number) => Piece | undefined;
};

export function readPieces(
  source: Buffer,
  tokens: readonly { start: number; end: number; tokenName: string }[],
): Pieces {
  const pieces = tokens
    .filter(({ tokenName }) => !tokenName.endsWith('_COMMENT'))
    .map(({ start, end }) => ({ start, end, text: source.toString('utf8', start, end) }));
  const index = new Map(pieces.map(({ start }, i) => [start, i]));
  const near = (place: number, ahead: number): Piece | undefined => {
    const found = index.get(place);
    return found === undefined ? undefined : pieces[found + ahead];
  };
  return {
    near,
    at: (place, ahead = 0) => {
      const found = near(place, ahead);
      if (found) return found;
      throw new UserInputError('The statement cannot be read: write it in a simpler way.');
    },
  };
}

/** The text with all edits made. Throws where two of them overlap. */
export function applyEdits(source: Buffer, edits: readonly Edit[], end: number): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at || edit.end > end) throw new TypeError('edits overlap');
    parts.push(source.toString('utf8', at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(source.toString('utf8', at, end));
  return parts.join('');
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The name that a piece stands for; undefined for one that is no plain name. */
export function nameOf(text: string): string | undefined {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*$/.test(text)
    ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    : undefined;
}
