import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { newFolder } from '../support/new-folder.js';
import { petsYaml } from './support.js';

const bin = fileURLToPath(new URL('../../bin/create-mcp-server.js', import.meta.url));

it('no command leaves anything in the folder for temporary files', async () => {
  const dir = newFolder();
  const temporary = join(dir, 'tmp');
  mkdirSync(temporary);
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
  writeFileSync(join(dir, 'shop.sql'), 'CREATE TABLE pen (id serial PRIMARY KEY, name text);');
  const { Database } = (await import('node-sqlite3-wasm')).default;
  const file = new Database(join(dir, 'pens.db'));
  file.exec('CREATE TABLE ink (id INTEGER PRIMARY KEY, colour TEXT)');
  file.close();
  const codes: Record<string, number> = {};
  for (const words of [
    'openapi.yaml out --quiet --no-install',
    'add sql shop.sql --dir out --id shop',
    'add sql pens.db --dir out --id pens --prefix pens',
    'add mcp --dir out -- no-such-program',
    'inspect openapi.yaml --strict',
    'regenerate out',
    'check out --full',
    'eject out/src/generated/server.ts',
  ]) {
    codes[words] = await execute(words.split(' '));
    expect([words, readdirSync(temporary)]).toEqual([words, []]);
  }
  expect(Object.values(codes)).toEqual([0, 0, 0, 2, 2, 0, 0, 0]);

  function execute(args: string[]): Promise<number> {
    const env = { PATH: process.env['PATH'], HOME: join(dir, 'home'), TMPDIR: temporary };
    return new Promise((resolve) => {
      execFile(process.execPath, [bin, ...args], { cwd: dir, env }, (error) =>
        resolve(error ? Number(error.code) : 0),
      );
    });
  }
}, 180_000);
