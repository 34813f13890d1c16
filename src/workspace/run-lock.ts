import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';

/** No process has this id. */
const NOBODY = 0;

/**
 * Claims the project for this process by a file that holds its id; the result releases it. The claim of a process that
 * is gone is taken over. Throws an InputError (MCP505) while another one is running.
 */
export async function claimRun(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  const own = `${path}.${randomUUID()}`;
  // A link appears at once and complete, so nobody can read a claim that is half written.
  await writeFile(own, String(process.pid));
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (await linked(own, path)) return () => rm(path, { force: true });
      const pid = await claimant(path);
      // Released in between: what may lie there by now is somebody else's.
      if (pid === undefined) continue;
      if (isRunning(pid)) throw busy(pid);
      await removeStale(path, pid);
    }
    throw busy((await claimant(path)) ?? 0);
  } finally {
    await rm(own, { force: true });
  }
}

/** Throws an InputError (MCP505) while a run is writing: what is read then may be half old and half new. */
export async function requireNoRun(root: string): Promise<void> {
  const pid = await claimant(join(root, '.mcp/run.pid'));
  if (pid !== undefined && isRunning(pid)) throw busy(pid);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the claim away first: if a third run has replaced it in the meantime, it is put back. */
async function removeStale(path: string, pid: number): Promise<void> {
  const aside = `${path}.stale-${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  if ((await claimant(aside)) !== pid) await linked(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function busy(pid: number): InputError {
  return new InputError([diagnostic('MCP505', { pid })]);
}

/** Whose claim lies there; NOBODY's when it is damaged, undefined when there is none. */
async function claimant(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return /^\d{1,10}$/.test(text) ? Number(text) : NOBODY;
}

function isRunning(pid: number): boolean {
  if (pid === NOBODY) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
