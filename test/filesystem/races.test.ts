import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor, makeGround, type Ground } from './support.js';

const SECRET = 'the secret of somebody else';
const ROUNDS = 400;

/** Without a pause: a folder and a link elsewhere take turns, and so do a file and a link to a secret. */
const SWAPPER = `
  const { renameSync, symlinkSync, unlinkSync } = require('node:fs');
  const { workerData, parentPort } = require('node:worker_threads');
  const { root, stop } = workerData;
  const flag = new Int32Array(stop);
  const attempt = (work) => {
    try {
      work();
    } catch {
      // The other side was there first.
    }
  };
  const turn = (name, target) => {
    attempt(() => renameSync(root + '/' + name, root + '/.' + name));
    attempt(() => symlinkSync(target, root + '/' + name));
    attempt(() => unlinkSync(root + '/' + name));
    attempt(() => renameSync(root + '/.' + name, root + '/' + name));
  };
  parentPort.postMessage('ready');
  let turns = 0;
  while (Atomics.load(flag, 0) === 0) {
    turn('docs', '../elsewhere');
    turn('file.txt', '../elsewhere/e.txt');
    turns += 1;
  }
  parentPort.postMessage(turns);
`;

let ground: Ground;

beforeAll(() => {
  ground = makeGround({
    'root/docs/e.txt': 'mine\n',
    'root/file.txt': 'mine\n',
    'elsewhere/e.txt': SECRET,
  });
});
afterAll(() => ground.remove());

// Only where the system looks names up in an open folder this is certain, and not merely unlikely to go wrong.
describe.runIf(existsSync('/proc/self/fd/0'))('S18 links that come while something is done', () => {
  it('are never followed', { timeout: 60_000 }, async () => {
    const stop = new SharedArrayBuffer(4);
    const swapper = new Worker(SWAPPER, { eval: true, workerData: { root: ground.root, stop } });
    await new Promise((resolve) => swapper.once('message', resolve));
    const turns = new Promise<number>((resolve) => swapper.once('message', resolve));
    const act = actor(ground.root);
    let done = 0;
    const attempt = (...call: Parameters<typeof act>) => {
      try {
        const data = JSON.stringify(act(...call));
        expect(data).not.toContain(SECRET);
        done += 1;
      } catch (error) {
        expect((error as Error).name, (error as Error).stack ?? '').toBe('UserInputError');
      }
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      attempt('read', { path: 'docs/e.txt' });
      attempt('read', { path: 'file.txt' });
      attempt('search', { query: 'e' });
      attempt('write', { path: 'docs/e.txt', content: 'mine\n', overwrite: true });
      attempt('write', { path: `docs/new-${round}.txt`, content: 'mine' });
      attempt('edit', { path: 'file.txt', edits: [{ old_text: 'e', new_text: 'e' }] });
      attempt('delete', { path: `docs/new-${round}.txt` });
    }
    Atomics.store(new Int32Array(stop), 0, 1);
    expect(await turns).toBeGreaterThan(10);
    expect(done).toBeGreaterThan(10);
    expect(readFileSync(join(ground.outside, 'elsewhere/e.txt'), 'utf8')).toBe(SECRET);
    expect(readdirSync(join(ground.outside, 'elsewhere'))).toEqual(['e.txt']);
  });
});
