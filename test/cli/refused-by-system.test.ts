import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusedBySystem } from '../../src/cli/refused-by-system.js';
import { cli, petsYaml, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
});
afterEach(() => remove());

describe('a folder that cannot be written', () => {
  it('has too long a name', async () => {
    const { code, err } = await cli(dir, ['openapi.yaml', 'x'.repeat(300)]);
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      `error  MCP517  ${'x'.repeat(60)}…${'x'.repeat(40)} cannot be used: the name is too long`,
    ]);
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });

  it.skipIf(process.platform !== 'linux')('lies where no folder can be made', async () => {
    const { code, err } = await cli(dir, ['openapi.yaml', '/proc/x/y']);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^error {2}MCP517 {2}\/proc\/x\/y cannot be used: (?:no folder|permission)/,
    );
  });

  it('lies below a file', async () => {
    const { code, err } = await cli(dir, ['openapi.yaml', 'openapi.yaml/x/y']);
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      'error  MCP507  openapi.yaml/x/y cannot hold a project: it is a file',
    ]);
  });

  // Nobody can make a folder there, whoever runs the tests.
  it.runIf(existsSync('/proc/self'))('belongs to the system', async () => {
    const { code, err } = await cli(dir, ['openapi.yaml', '/proc/1/pets']);
    expect(code).toBe(2);
    expect(err).not.toContain('bug');
  });
});

it.each<[string, string]>([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['ENAMETOOLONG', 'the name is too long'],
])('%s is no bug: %s', (code, why) => {
  const error = Object.assign(new Error('x'), { code, syscall: 'mkdir', path: '/r/out' });
  expect(refusedBySystem(error)?.diagnostics).toMatchObject([
    { code: 'MCP517', severity: 'error', message: `/r/out cannot be used: ${why}` },
  ]);
});

it('leaves other errors alone', () => {
  expect(refusedBySystem(new TypeError('x'))).toBeUndefined();
  expect(refusedBySystem(Object.assign(new Error('x'), { code: 'EPIPE' }))).toBeUndefined();
});
