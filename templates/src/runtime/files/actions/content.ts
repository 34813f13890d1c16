import type { FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { mediaType } from '../media-types.js';
import { readWhole, withFile } from '../open-file.js';
import { decodeText } from '../text.js';

/** A whole file as a resource has it: `text` or, in base64, `blob`. */
export function content(scope: Scope, { path }: { path: string }): FileAnswer {
  const { maxBinaryBytes } = scope.folders.limits;
  return withFile(scope, path, (file) => {
    const bytes = readWhole(file, maxBinaryBytes);
    const text = decodeText(bytes);
    const mimeType = mediaType(file.location.shown, text !== undefined);
    if (text !== undefined) return { data: { mimeType, text } };
    return { data: { mimeType, blob: bytes.toString('base64') } };
  });
}
