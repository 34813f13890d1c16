import { textContent, type FileAnswer } from '../file-answer.js';
import { compileGlob } from '../glob.js';
import type { Scope } from '../locate.js';
import { startWalk, walk } from '../walk.js';

export type FindArguments = { pattern: string; path?: string; limit?: number };

const DEFAULT_LIMIT = 200;

/** Paths of files by a pattern. */
export function find(scope: Scope, args: FindArguments): FileAnswer {
  const { pattern, path = '', limit = DEFAULT_LIMIT } = args;
  const fits = compileGlob(pattern);
  const signal = startWalk(scope);
  const paths: string[] = [];
  let room = scope.maxResultChars;
  let isCut = false;
  for (const entry of walk(scope, { path, signal })) {
    if (entry.kind !== 'file' || !fits(entry.names)) continue;
    room -= entry.path.length + 1;
    isCut = paths.length >= limit || room < 0;
    if (isCut) break;
    paths.push(entry.path);
  }
  const truncated = isCut || signal.stopped !== undefined;
  const note = signal.stopped
    ? `Stopped after ${scope.folders.limits.timeoutMs} ms: begin in a folder below.`
    : isCut
      ? `There are more than ${paths.length}: narrow the pattern or ask for a higher limit.`
      : '';
  return {
    data: { paths, truncated },
    content: textContent(paths.join('\n') || 'No file fits.', note),
  };
}
