import { createPoll } from '../changes/poll.js';
import type { ResourceProvider } from '../resources.js';
import type { AskFiles } from './call-file-tool.js';
import { readPath } from './read-path.js';
import { pathOfUri } from './uri.js';

const TIMEOUT_MS = 5_000;

/** Tells of files that change, appear or go. Each look goes the way of reading: what callers do not see never changes. */
export function watchFiles(
  sources: readonly string[],
  ask: AskFiles,
  everyMs?: number,
): NonNullable<ResourceProvider['watch']> {
  const entries = sources.map((source) => ({
    source,
    poll: createPoll((paths) => stampsOf(source, paths, ask), everyMs),
  }));
  return (uri, updated) => {
    for (const { source, poll } of entries) {
      const path = pathOfUri(source, uri);
      if (path !== undefined && canBeAsked(path)) return poll(path, updated);
    }
    return undefined;
  };
}

async function stampsOf(
  source: string,
  paths: readonly string[],
  ask: AskFiles,
): Promise<readonly string[]> {
  const request = { source, action: 'stamps', args: { paths } } as const;
  const reply = await ask(request, AbortSignal.timeout(TIMEOUT_MS));
  if (reply.ok) return (reply.answer.data as { stamps: string[] }).stamps;
  throw new Error('told' in reply ? reply.told : reply.detail);
}

function canBeAsked(path: string): boolean {
  try {
    return readPath(path).length > 0;
  } catch {
    return false;
  }
}
