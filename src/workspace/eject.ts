import type { Lock } from './lock.js';

export type Ejection = { lock: Lock } | { refusal: 'unknown' | 'yours' };

/** Files that reports are made from: as the user's they would say nothing any more. */
const MACHINE = new Set(['mcp.tools.json', 'mcp.lock.json']);

/** The lock in which the file at `path` is the user's: no run touches it again. */
export function ejectFile(lock: Lock, path: string): Ejection {
  const entry = lock.files.get(path);
  if (!entry || MACHINE.has(path)) return { refusal: 'unknown' };
  if (entry.owner === 'user' || entry.owner === 'seed') return { refusal: 'yours' };
  const files = new Map(lock.files).set(path, { ...entry, owner: 'user' });
  return { lock: { ...lock, files } };
}
