import { posix } from 'node:path';
import { kindOfText } from './source-kind.js';
import { isUrl } from '../sources/read/read-url.js';
import type { SourceText } from '../sources/read/loader.js';

export type PinnedSource = {
  /** Path of the entry document in the project, for mcp.yaml. */
  entry: string;
  specs: { path: string; text: string }[];
};

/**
 * Where the files of one document lie in the project, so that it can be generated again without the network:
 * `specs/<id>.yaml`, or below `specs/<id>/` with their places towards each other where there are several.
 */
export function pinSource(
  id: string,
  entry: SourceText,
  texts: readonly SourceText[],
  isFolder = false,
): PinnedSource {
  if (isFolder) return pinFolder(id, entry, texts);
  if (texts.length <= 1) {
    const path = `specs/${id}${extensionOf(entry)}`;
    return { entry: path, specs: [{ path, text: entry.kept ?? entry.text }] };
  }
  const names = texts.map(({ file }) => absolute(file));
  const root = commonFolder(names);
  const specs = texts.map(({ text, kept }, index) => ({
    path: posix.join('specs', id, posix.relative(root, names[index]!)),
    text: kept ?? text,
  }));
  return { entry: posix.join('specs', id, posix.relative(root, absolute(entry.file))), specs };
}

/** Scripts of a folder keep their places in it: their order is that of their names. */
function pinFolder(id: string, folder: SourceText, texts: readonly SourceText[]): PinnedSource {
  const root = absolute(folder.file);
  const specs = texts.map(({ file, text, kept }) => ({
    path: posix.join('specs', id, posix.relative(root, absolute(file))).replace(/\.gz$/, ''),
    text: kept ?? text,
  }));
  return { entry: `specs/${id}`, specs };
}

/** File names are relative to one folder and may climb out of it: far below a made-up root, climbing is safe. */
function absolute(file: string): string {
  return posix.isAbsolute(file) ? file : posix.join(`/${'x/'.repeat(40)}`, file);
}

function commonFolder(paths: string[]): string {
  let common = posix.dirname(paths[0]!).split('/');
  for (const path of paths) {
    const parts = posix.dirname(path).split('/');
    const end = common.findIndex((part, index) => part !== parts[index]);
    if (end >= 0) common = common.slice(0, end);
  }
  return common.join('/') || '/';
}

function extensionOf({ file, text }: SourceText): string {
  const path = isUrl(file) ? new URL(file).pathname : file;
  const named = /\.(json|ya?ml|sql)(?:\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
  if (named !== undefined) return named === 'yml' ? '.yaml' : `.${named}`;
  if (/^\s*[{[]/.test(text)) return '.json';
  return kindOfText(file, text) === 'sql' ? '.sql' : '.yaml';
}
