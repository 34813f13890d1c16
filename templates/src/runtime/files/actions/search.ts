import { closeSync, constants, fstatSync, readSync } from 'node:fs';
import { UserInputError } from '../../calls/user-input-error.js';
import { textContent, type FileAnswer } from '../file-answer.js';
import { codeOf } from '../file-failure.js';
import { compileGlob } from '../glob.js';
import type { Scope } from '../locate.js';
import { openEntry } from '../open-folder.js';
import { createMatcher, type LineMatch } from '../matcher.js';
import { looksBinary } from '../text.js';
import { startWalk, walk, type Entry } from '../walk.js';

export type SearchArguments = {
  query: string;
  regex?: boolean;
  ignore_case?: boolean;
  path?: string;
  glob?: string;
  context?: number;
  limit?: number;
};

const DEFAULT_LIMIT = 100;

type Found = LineMatch & { path: string };

/** Lines of files that hold a text or fit a regular expression. */
export function search(scope: Scope, args: SearchArguments): FileAnswer {
  const { path = '', glob, context = 0, limit = DEFAULT_LIMIT } = args;
  if (args.query === '') throw new UserInputError('The query is empty.');
  const match = createMatcher(args);
  const fits = glob === undefined ? undefined : compileGlob(glob);
  const signal = startWalk(scope);
  const reader = createReader(scope.folders.limits.maxFileBytes);
  const counts = { files_searched: 0, files_skipped: 0 };
  const matches: Found[] = [];
  let room = scope.maxResultChars;
  let isCut = false;
  for (const entry of walk(scope, { path, signal })) {
    if (entry.kind !== 'file' || (fits && !fits(entry.names))) continue;
    const bytes = reader(entry);
    if (bytes === undefined || looksBinary(bytes)) {
      counts.files_skipped += 1;
      continue;
    }
    counts.files_searched += 1;
    for (const found of match(bytes, { context, limit: limit - matches.length + 1 })) {
      room -= shown({ ...found, path: entry.path }).length + 1;
      isCut = matches.length >= limit || room < 0;
      if (isCut) break;
      matches.push({ path: entry.path, ...found });
    }
    if (isCut) break;
  }
  const truncated = isCut || signal.stopped !== undefined;
  const text = matches.map(shown).join(context > 0 ? '\n--\n' : '\n');
  return {
    data: { matches, truncated, ...counts },
    content: textContent(
      text || `Nothing found in ${counts.files_searched} files.`,
      noteOf(isCut, signal.stopped !== undefined, scope),
    ),
  };
}

/** As `grep -n` shows it. */
function shown({ path, line, text, before = [], after = [] }: Found): string {
  return [
    ...before.map((one, index) => `${path}-${line - before.length + index}-${one}`),
    `${path}:${line}:${text}`,
    ...after.map((one, index) => `${path}-${line + 1 + index}-${one}`),
  ].join('\n');
}

function noteOf(isCut: boolean, isLate: boolean, { folders }: Scope): string {
  if (isLate) {
    return `Stopped after ${folders.limits.timeoutMs} ms: begin in a folder below or give a glob.`;
  }
  return isCut ? 'There is more: narrow the query, give a glob or ask for a higher limit.' : '';
}

/**
 * Reads one file after the other into the same memory; undefined for one that is too large, is no regular file any more or
 * cannot be read.
 */
function createReader(limit: number): (entry: Entry) => Buffer | undefined {
  let memory = Buffer.allocUnsafe(Math.min(256 * 1_024, limit + 1));
  return ({ folder, name }) => {
    let fd: number;
    try {
      fd = openEntry(folder, name, constants.O_RDONLY);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return undefined;
    }
    try {
      let read = readSync(fd, memory, 0, memory.length, 0);
      const stats = fstatSync(fd);
      if (!stats.isFile() || stats.size > limit) return undefined;
      if (stats.size >= memory.length) {
        const larger = Buffer.allocUnsafe(Math.min(stats.size * 2, limit + 1));
        memory.copy(larger, 0, 0, read);
        memory = larger;
      }
      while (read < stats.size) {
        const got = readSync(fd, memory, read, stats.size - read, read);
        if (got === 0) break;
        read += got;
      }
      return memory.subarray(0, read);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return undefined;
    } finally {
      closeSync(fd);
    }
  };
}
