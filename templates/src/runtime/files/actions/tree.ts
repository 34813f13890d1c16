import { textContent, type FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { startWalk, walk } from '../walk.js';

export type TreeArguments = { path?: string; depth?: number; limit?: number };

const DEFAULT_DEPTH = 3;
const DEFAULT_LIMIT = 500;

/** Folders and files as an indented list. */
export function tree(scope: Scope, args: TreeArguments): FileAnswer {
  const { path = '', depth = DEFAULT_DEPTH, limit = DEFAULT_LIMIT } = args;
  const signal = startWalk(scope);
  const lines: string[] = [];
  let room = scope.maxResultChars;
  let isCut = false;
  for (const { names, name, kind } of walk(scope, { path, depth, signal })) {
    const line = `${'  '.repeat(names.length - 1)}${name}${kind === 'folder' ? '/' : ''}`;
    room -= line.length + 1;
    isCut = lines.length >= limit || room < 0;
    if (isCut) break;
    lines.push(line);
  }
  const truncated = isCut || signal.stopped !== undefined;
  const note = truncated
    ? 'There is more: ask for a folder below, for less depth or for a higher limit.'
    : '';
  const text = lines.join('\n') || 'The folder is empty.';
  return {
    data: { path, tree: lines.join('\n'), count: lines.length, truncated },
    content: textContent(text, note),
  };
}
