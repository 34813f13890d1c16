import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createWorkerLane,
  WorkerTimeoutError,
  type WorkerLane,
} from '../../templates/src/runtime/files/worker-lane.js';
import { LIMITS, makeGround, type Ground } from './support.js';

let ground: Ground;
let lane: WorkerLane;

beforeEach(() => {
  ground = makeGround({ 'root/a.txt': `${'a'.repeat(60)}!` });
  const folders = {
    id: 'files',
    roots: [{ name: 'files', env: 'FILES_ROOT' }],
    access: 'read-only',
    limits: LIMITS,
  };
  const placed = { files: { folders, places: { files: ground.root }, maxResultChars: 1_000 } };
  lane = createWorkerLane(placed, 1, new URL('./typescript-worker.mjs', import.meta.url));
});
afterEach(async () => {
  await lane.close();
  ground.remove();
});

const never = new AbortController().signal;
const quick = { source: 'files', action: 'find', args: { pattern: '*' } } as const;
const endless = {
  source: 'files',
  action: 'search',
  args: { query: '(a+)+$', regex: true },
} as const;

describe('S12 S15 a lane of workers', () => {
  it('answers one request after the other', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => lane.run(quick, { signal: never })));
    expect(replies.map((reply) => reply.ok && reply.answer.data)).toEqual([
      { paths: ['a.txt'], truncated: false },
      { paths: ['a.txt'], truncated: false },
      { paths: ['a.txt'], truncated: false },
    ]);
  });

  it('tells what is for callers, and keeps apart what is not', async () => {
    const read = (path: unknown) =>
      lane.run({ source: 'files', action: 'read', args: { path } }, { signal: never });
    expect(await read('none')).toEqual({ ok: false, told: '"none" does not exist.' });
    expect(await read(1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('TypeError'),
    });
  });

  it('ends what does not come back, and those who wait are served', async () => {
    const late = lane.run(endless, { signal: never, killAfterMs: 300 });
    const next = lane.run(quick, { signal: never });
    await expect(late).rejects.toBeInstanceOf(WorkerTimeoutError);
    expect((await next).ok).toBe(true);
  });

  it('ends what is cancelled, and forgets who is cancelled while waiting', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const running = lane.run(endless, { signal: first.signal, killAfterMs: 60_000 });
    const waiting = lane.run(quick, { signal: second.signal, killAfterMs: 60_000 });
    second.abort();
    await expect(waiting).rejects.toThrow(/aborted/);
    first.abort();
    await expect(running).rejects.toThrow(/aborted/);
    expect((await lane.run(quick, { signal: never })).ok).toBe(true);
  });
});
