import { lstatSync } from 'node:fs';
import type { FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { startWalk, walk, type Entry } from '../walk.js';

export type ListArguments = { path?: string; offset?: number; limit?: number };

const DEFAULT_LIMIT = 200;

/** What is in one folder, a page of it. */
export function list(scope: Scope, args: ListArguments): FileAnswer {
  const { path = '', offset = 0, limit = DEFAULT_LIMIT } = args;
  const signal = startWalk(scope);
  const entries: object[] = [];
  let total = 0;
  let room = scope.maxResultChars;
  let isFull = false;
  for (const entry of walk(scope, { path, depth: 1, signal })) {
    if (total >= offset && !isFull) {
      const one = described(entry);
      room -= JSON.stringify(one).length + 1;
      isFull = entries.length >= limit || (room < 0 && entries.length > 0);
      if (!isFull) entries.push(one);
    }
    total += 1;
  }
  const next = offset + entries.length;
  return {
    data: {
      path,
      entries,
      total,
      ...(next < total && { next_offset: next }),
      ...(signal.stopped && { stopped: signal.stopped }),
    },
  };
}

function described({ name, path, kind, folder }: Entry): object {
  const facts = { name, path, kind };
  if (kind !== 'file') return facts;
  try {
    const { size, mtime } = lstatSync(folder.at(name));
    return { ...facts, size, modified: mtime.toISOString() };
  } catch {
    // Gone meanwhile.
    return facts;
  }
}
