import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled, type Work } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';
import { petsYaml, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
});
afterEach(() => remove());

/** Runs a command line; `on` hears what is announced, and may cancel. */
async function watched(argv: string[], on: (work: Work, cancel: () => void) => void) {
  const controller = new AbortController();
  let err = '';
  let out = '';
  const open: Work[] = [];
  const code = await run(argv, {
    cwd: dir,
    env: { PATH: process.env['PATH'], CREATE_MCP_SERVER_CACHE: 'off' },
    stdin: Readable.from([]),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    signal: controller.signal,
    announce: (work) => {
      open.push(work);
      on(work, () => controller.abort());
      return () => open.pop();
    },
  });
  return { code, out, err, open };
}

describe('what may be interrupted', () => {
  it('is announced, and ends with the work', async () => {
    const works: Work[] = [];
    const { code, open } = await watched(['openapi.yaml', 'out'], (work) => works.push(work));
    expect([code, works, open]).toEqual([0, ['waiting', 'computing', 'computing'], []]);
  });

  it.each<[string, number]>([
    ['reading', 1],
    ['understanding', 2],
    ['writing code', 3],
  ])('leaves nothing when it is cancelled while %s', async (_, count) => {
    let seen = 0;
    const { code, out, err } = await watched(
      ['openapi.yaml', 'out', '--quiet'],
      (_work, cancel) => {
        seen += 1;
        if (seen === count) cancel();
      },
    );
    expect([code, out, err]).toEqual([130, '', 'cancelled, nothing written\n']);
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });
});

it('says what there is after a late end', () => {
  expect(new Cancelled().message).toBe('cancelled, nothing written');
  expect(new Cancelled('but out is written').message).toBe('cancelled, but out is written');
});
