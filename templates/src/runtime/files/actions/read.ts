import { createHash } from 'node:crypto';
import { cutText } from '../../http/clean-text.js';
import { UserInputError } from '../../calls/user-input-error.js';
import { textContent, type FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { mediaType } from '../media-types.js';
import { readBytes, readWhole, withFile, type OpenFile } from '../open-file.js';
import { shownPath } from '../read-path.js';
import { decodeText, linesOf, looksBinary, textOf, wholeCharacters } from '../text.js';
import { fileUri } from '../uri.js';

export type ReadArguments = {
  path: string;
  unit?: 'lines' | 'bytes';
  offset?: number;
  limit?: number;
};

const DEFAULT_LINES = 2_000;

/** A part of a text, by lines or by bytes; an image, a recording or another binary as content. */
export function read(scope: Scope, args: ReadArguments): FileAnswer {
  return withFile(scope, args.path, (file) => {
    if (looksBinary(readBytes(file.fd, 0, 8_192))) return binary(scope, file);
    return args.unit === 'bytes' ? byBytes(scope, args, file) : byLines(scope, args, file);
  });
}

function byLines(scope: Scope, { offset = 0, limit }: ReadArguments, file: OpenFile): FileAnswer {
  const { maxFileBytes } = scope.folders.limits;
  const path = file.location.shown;
  if (file.stats.size > maxFileBytes) {
    const text = `${shownPath(path)} has ${file.stats.size} bytes, too many to count lines (limit ${maxFileBytes}): read it with unit "bytes".`;
    throw new UserInputError(text);
  }
  const bytes = readWhole(file, maxFileBytes);
  const text = decodeText(bytes);
  if (text === undefined) return binary(scope, file);
  const lines = linesOf(text);
  const wanted = lines.slice(offset, offset + (limit ?? DEFAULT_LINES));
  const shown: string[] = [];
  let room = scope.maxResultChars;
  for (const line of wanted) {
    if (line.length > room) break;
    room -= line.length;
    shown.push(line);
  }
  const isCut = shown.length === 0 && wanted.length > 0;
  if (isCut) shown.push(cutText(wanted[0]!, scope.maxResultChars));
  const next = offset + shown.length;
  const range = { unit: 'lines', offset, count: shown.length, total: lines.length };
  const note = isCut
    ? `Line ${offset + 1} of ${lines.length} is longer than a result may be and is cut: read it with unit "bytes".`
    : noteOf(range, next < lines.length);
  return part(file, shown.join(''), note, {
    ...range,
    ...(next < lines.length && { next_offset: next }),
    sha256: hashOf(bytes),
  });
}

function byBytes(scope: Scope, { offset = 0, limit }: ReadArguments, file: OpenFile): FileAnswer {
  const { size } = file.stats;
  const length = Math.min(limit ?? scope.maxResultChars, scope.maxResultChars);
  const bytes = readBytes(file.fd, offset, Math.max(Math.min(length, size - offset), 0));
  const whole = wholeCharacters(bytes, offset + bytes.length >= size);
  const text = textOf(whole.bytes, file.location.shown);
  const start = offset + whole.skipped;
  const next = start + whole.bytes.length;
  if (whole.bytes.length === 0 && bytes.length > 0) {
    throw new UserInputError('The limit is smaller than the next character: ask for more bytes.');
  }
  const range = { unit: 'bytes', offset: start, count: whole.bytes.length, total: size };
  return part(file, text, noteOf(range, next < size), {
    ...range,
    ...(next < size && { next_offset: next }),
  });
}

function part(file: OpenFile, text: string, note: string, facts: object): FileAnswer {
  const { shown } = file.location;
  const data = { path: shown, mime_type: mediaType(shown, true), size: file.stats.size };
  return { data: { ...data, ...facts, text }, content: textContent(text, note, hidden(text)) };
}

/** The text is given as it is, since edits have to fit exactly; but not without a word. */
function hidden(text: string): string {
  const count = text.match(UNSEEN)?.length ?? 0;
  if (count === 0) return '';
  return `Beware: ${count} characters of this text are invisible or change the direction of others.`;
}

/** Zero-width space, bidirectional marks, tags: nothing that a text needs, and a way to hide another one. */
const UNSEEN = /[\u200b\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e0fff}]/gu;

type Range = { unit: string; offset: number; count: number; total: number };

/** Nothing where the whole was given. */
function noteOf({ unit, offset, count, total }: Range, hasMore: boolean): string {
  if (count === 0) return total === 0 ? 'The file is empty.' : `There are only ${total} ${unit}.`;
  if (count === total) return '';
  const text = `${unit === 'lines' ? 'Lines' : 'Bytes'} ${offset + 1} to ${offset + count} of ${total}.`;
  return hasMore ? `${text} Go on with offset ${offset + count}.` : text;
}

function binary(scope: Scope, file: OpenFile): FileAnswer {
  const { shown } = file.location;
  const bytes = readWhole(file, scope.folders.limits.maxBinaryBytes);
  const mimeType = mediaType(shown, false);
  const data = bytes.toString('base64');
  const facts = { path: shown, mime_type: mimeType, size: bytes.length, sha256: hashOf(bytes) };
  const kind = mimeType.split('/')[0];
  if (kind === 'image' || kind === 'audio') {
    return { data: facts, content: [{ type: kind, data, mimeType }] };
  }
  const uri = fileUri(scope.folders.id, shown);
  return { data: facts, content: [{ type: 'resource', resource: { uri, mimeType, blob: data } }] };
}

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
