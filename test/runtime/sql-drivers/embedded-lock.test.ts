import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseLock, takeLock } from '../../../templates/src/runtime/sql/drivers/embedded/lock.js';

describe('the lock of an embedded database', () => {
  let folder: string;
  let lock: string;
  const left = async (owner: object): Promise<void> => {
    await mkdir(lock);
    await writeFile(join(lock, 'owner.json'), JSON.stringify(owner));
  };
  /** A process that is over. */
  const gone = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'embedded-lock-'));
    lock = join(folder, 'data.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is taken once, and again after it was given back', async () => {
    expect(takeLock(lock)).toBe(true);
    expect(takeLock(lock)).toBe(false);
    expect(JSON.parse(await readFile(join(lock, 'owner.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    releaseLock(lock);
    expect(existsSync(lock)).toBe(false);
    expect(takeLock(lock)).toBe(true);
  });

  it('is taken over from a process of this machine that is gone', async () => {
    await left({ pid: gone(), started: '1', host: hostname() });
    expect(takeLock(lock)).toBe(true);
    expect(takeLock(lock)).toBe(false);
    expect(existsSync(`${lock}-takeover`)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')(
    'is taken over when its number belongs to another',
    async () => {
      await left({ pid: process.pid, started: '1', host: hostname() });
      expect(takeLock(lock)).toBe(true);
    },
  );

  it('is left to a process of another machine, to a nameless one, and while another takes it over', async () => {
    await left({ pid: gone(), started: '1', host: 'elsewhere.example' });
    expect(takeLock(lock)).toBe(false);
    releaseLock(lock);
    await mkdir(lock);
    expect(takeLock(lock)).toBe(false);
    releaseLock(lock);
    await left({ pid: gone(), started: '1', host: hostname() });
    await mkdir(`${lock}-takeover`);
    expect(takeLock(lock)).toBe(false);
  });
});
