import { mkdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Who holds a lock. A process number alone may belong to another process by now. */
type Owner = { pid: number; started: string; host: string };

const OWNER = 'owner.json';

/**
 * Takes the lock that the folder `path` is by making it; false when another process has it. A lock that was left by a
 * process of this machine that is gone is taken over. One without a name in it, or of another machine, is not: nobody can
 * tell whether it is held.
 */
export function takeLock(path: string): boolean {
  if (make(path)) return true;
  const owner = ownerOf(path);
  if (!owner || isAlive(owner)) return false;
  // One process at a time may take over, and it looks again: the lock may have changed hands since.
  const guard = `${path}-takeover`;
  if (!makeFolder(guard)) return false;
  try {
    const current = ownerOf(path);
    if (current && !isAlive(current)) releaseLock(path);
  } finally {
    rmdirSync(guard);
  }
  return make(path);
}

/** Gives back a lock that this process has. */
export function releaseLock(path: string): void {
  try {
    unlinkSync(join(path, OWNER));
  } catch {
    // Somebody has taken it away, and the folder is what counts.
  }
  rmdirSync(path);
}

function make(path: string): boolean {
  if (!makeFolder(path)) return false;
  writeFileSync(join(path, OWNER), (us ??= describeUs()));
  return true;
}

let us: string | undefined;

function describeUs(): string {
  const owner: Owner = { pid: process.pid, started: startOf(process.pid), host: hostname() };
  return JSON.stringify(owner);
}

function makeFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ownerOf(path: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(path, OWNER), 'utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number' && owner.pid > 0 ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started, host }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  const now = startOf(pid);
  return now === '' || started === '' || now === started;
}

/** When a process began, in ticks since the machine did (Linux); empty where that is not told, `ended` for one that waits only to be noticed. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets, which may hold anything.
    const [state, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : (rest[18] ?? '');
  } catch {
    return '';
  }
}
