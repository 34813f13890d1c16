import { lstatSync, type Stats } from 'node:fs';
import type { FileAnswer } from '../file-answer.js';
import { missing } from '../file-failure.js';
import { locate, openParent, type Scope } from '../locate.js';
import { mediaType } from '../media-types.js';
import { readBytes, readWhole, withFile } from '../open-file.js';
import { decodeText, linesOf, looksBinary } from '../text.js';
import { hashOf } from './read.js';

/** What a file or folder is, without its content. */
export function info(scope: Scope, { path }: { path: string }): FileAnswer {
  const location = locate(scope, path);
  const name = location?.names.at(-1);
  if (location === undefined || name === undefined) return { data: { path, kind: 'folder' } };
  const parent = openParent(location, scope);
  let stats: Stats;
  try {
    stats = lstatSync(parent.at(name));
  } finally {
    parent.close();
  }
  if (stats.isDirectory())
    return { data: { path: location.shown, kind: 'folder', ...times(stats) } };
  if (!scope.visibility.showsFile(location.names)) throw missing(path);
  if (!stats.isFile()) return { data: { path: location.shown, kind: 'other' } };
  return withFile(scope, path, (file) => {
    const { maxFileBytes } = scope.folders.limits;
    const { shown } = file.location;
    const { size } = file.stats;
    const facts = { path: shown, kind: 'file', size, ...times(file.stats) };
    if (size > maxFileBytes) {
      const isText = !looksBinary(readBytes(file.fd, 0, 8_192));
      return { data: { ...facts, mime_type: mediaType(shown, isText), text: isText } };
    }
    const bytes = readWhole(file, maxFileBytes);
    const text = decodeText(bytes);
    return {
      data: {
        ...facts,
        mime_type: mediaType(shown, text !== undefined),
        text: text !== undefined,
        ...(text !== undefined && { lines: linesOf(text).length }),
        sha256: hashOf(bytes),
      },
    };
  });
}

function times({ mtime, birthtimeMs, birthtime }: Stats): object {
  return {
    modified: mtime.toISOString(),
    ...(birthtimeMs > 0 && { created: birthtime.toISOString() }),
  };
}
