import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configureLog } from '../../templates/src/runtime/log.js';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import { inFrontOf, type Calling } from './fake-upstream.js';
import { httpUpstream, type HttpUpstream } from './http-upstream.js';

let upstream: HttpUpstream;
let front: Calling | undefined;
let said: string[];
beforeEach(async () => {
  said = [];
  configureLog({}, (line) => said.push(line));
  upstream = await httpUpstream();
});
afterEach(async () => {
  await front?.link.close();
  front = undefined;
  await upstream.stop();
});

async function inFront(rest: object = {}): Promise<Calling> {
  const listed = await snapshotUpstream({ url: upstream.url });
  front = await inFrontOf({ connect: [{ url: upstream.url }], ...rest }, {}, { listed });
  return front;
}

const textOf = async ({ call }: Calling) => JSON.stringify((await call('echo')).result.content);
const CHANGED = 'echo was not called: fake describes it otherwise than before';

describe('a tool of a server of 2026-07-28 over HTTP', () => {
  it('is refused as soon as the server says that it changed, and called when it is as before', async () => {
    const calling = await inFront();
    expect(await textOf(calling)).toContain('"echo"');
    await expect.poll(upstream.listening).toBe(1);
    // What was listed before somebody listened is asked for anew.
    expect(await textOf(calling)).toContain('"echo"');
    upstream.words.suffix = ' And more.';
    expect(await textOf(calling)).toContain('"echo"');
    upstream.announce();
    await expect.poll(() => textOf(calling), { timeout: 10_000 }).toContain(CHANGED);
    upstream.words.suffix = '';
    upstream.announce();
    await expect.poll(() => textOf(calling), { timeout: 10_000 }).toContain('"echo"');
  });

  it('is called and reported where mcp.yaml says so', async () => {
    const calling = await inFront({ onChange: 'report' });
    await textOf(calling);
    await expect.poll(upstream.listening).toBe(1);
    upstream.words.suffix = ' And more.';
    upstream.announce();
    await expect
      .poll(async () => (await textOf(calling)) && said.join('\n'), { timeout: 10_000 })
      .toContain('upstream tool changed');
    expect(await textOf(calling)).toContain('"echo"');
  });

  it('may have changed while nobody listened', async () => {
    const calling = await inFront();
    await textOf(calling);
    await expect.poll(upstream.listening).toBe(1);
    expect(await textOf(calling)).toContain('"echo"');
    await upstream.stop();
    upstream.words.suffix = ' And more.';
    await upstream.start();
    await expect.poll(() => textOf(calling), { timeout: 10_000 }).toContain(CHANGED);
  });

  it('nobody listens any more when the connection is closed', async () => {
    const calling = await inFront();
    await textOf(calling);
    await expect.poll(upstream.listening).toBe(1);
    await calling.link.close();
    await expect.poll(upstream.listening).toBe(0);
  });

  it('is cancelled there, and progress comes through', async () => {
    const { call } = await inFront();
    const reports: unknown[] = [];
    await call('steps', {}, { progress: (report) => reports.push(report) });
    expect(reports).toEqual([
      { progress: 1, total: 2, message: 'half' },
      { progress: 2, total: 2, message: 'half' },
    ]);
    const stop = new AbortController();
    const hanging = call('hang', {}, { signal: stop.signal });
    await expect.poll(upstream.hanging, { timeout: 10_000 }).toBe(1);
    stop.abort();
    const { result } = await hanging;
    expect(JSON.stringify(result.content)).toContain('was cancelled');
    await expect.poll(upstream.cancelled, { timeout: 10_000 }).toBe(1);
  });
});
