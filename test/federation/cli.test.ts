import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeUpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import { cli, temporaryFolder } from '../cli/support.js';
import { fakeListed, fakeServer, type Fake } from './fake-upstream.js';

let dir: string;
let remove: () => void;
let fake: Fake;
beforeEach(async () => {
  ({ dir, remove } = temporaryFolder());
  fake = await fakeServer();
  mkdirSync(join(dir, 'given'));
  const command = JSON.stringify([...fake.command.slice(0, 2), '${FAKE_FOLDER}']);
  writeFileSync(
    join(dir, 'given/mcp.yaml'),
    `name: front\nsources:\n  fake:\n    mcp: fake.json\n    connect:\n      - command: ${command}\n`,
  );
  writeFileSync(join(dir, 'given/fake.json'), writeUpstreamSnapshot(await fakeListed()));
});
afterEach(async () => {
  remove();
  await fake.remove();
});

const read = (path: string) => readFileSync(join(dir, path), 'utf8');

it('a server is pinned, its drift is found, and it is taken again', async () => {
  const made = await cli(dir, ['given/mcp.yaml', 'out', '--yes', '--no-install']);
  expect(made.err).toBe('');
  expect(read('out/mcp.yaml')).toContain('mcp: specs/fake.json');
  expect(read('out/.env.example')).toContain('FAKE_FOLDER=');

  const unset = await cli(dir, ['check', 'out', '--refresh']);
  expect(unset.err).toContain(
    'MCP865  the MCP server of fake cannot be asked: FAKE_FOLDER is not set',
  );

  const env = { FAKE_FOLDER: fake.command[2]! };
  expect((await cli(dir, ['check', 'out', '--refresh'], { env })).code).toBe(0);

  await fake.tell('suffix', ' As of now.');
  const drifted = await cli(dir, ['check', 'out', '--refresh'], { env });
  expect(drifted.code).toBe(1);
  expect(drifted.out).toContain('look with regenerate --source fake=mcp: --dry-run');

  const again = await cli(dir, ['regenerate', 'out', '--source', 'fake=mcp:'], { env });
  expect(again.err).toBe('');
  expect(again.code).toBe(0);
  expect(read('out/mcp.yaml')).toContain('mcp: specs/fake.json');
  expect(read('out/mcp.tools.json')).toContain('Does echo. As of now.');
  expect((await cli(dir, ['check', 'out', '--refresh'], { env })).code).toBe(0);

  const word = `fake=mcp+stdio:${fake.command.join(' ')}`;
  await fake.tell('suffix', ' By command.');
  expect((await cli(dir, ['regenerate', 'out', '--source', word], { env })).code).toBe(0);
  expect(read('out/mcp.tools.json')).toContain('Does echo. By command.');
});
