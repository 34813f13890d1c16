import { UserInputError } from '../../calls/user-input-error.js';
import type { FileAnswer } from '../file-answer.js';
import type { Scope } from '../locate.js';
import { startWalk, walk } from '../walk.js';

export type CompleteArguments = { typed: string };

/** MCP gives at most this many. */
const MAX_COMPLETIONS = 100;

/** Paths that begin with what is typed, one folder deep; folders end in "/". Nothing where there is no such folder. */
export function complete(scope: Scope, { typed }: CompleteArguments): FileAnswer {
  const end = typed.lastIndexOf('/') + 1;
  const wanted = typed.slice(end).toLowerCase();
  const values: string[] = [];
  try {
    const signal = startWalk(scope);
    for (const { name, path, kind } of walk(scope, {
      path: typed.slice(0, end),
      depth: 1,
      signal,
    })) {
      if (values.length >= MAX_COMPLETIONS) break;
      if (kind !== 'file' && kind !== 'folder') continue;
      if (!name.toLowerCase().startsWith(wanted)) continue;
      values.push(kind === 'folder' ? `${path}/` : path);
    }
  } catch (error) {
    if (!(error instanceof UserInputError)) throw error;
  }
  return { data: { values } };
}
