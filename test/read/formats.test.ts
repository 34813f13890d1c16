import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readScripts } from '../../src/sources/sql/read-scripts.js';
import { newFolder } from '../support/new-folder.js';

let dir: string;
beforeEach(() => {
  dir = newFolder();
});

async function refusal(run: Promise<unknown>): Promise<(string | undefined)[]> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error('it was read');
  return error.diagnostics.flatMap(({ code, message, fix }) => [code, message, fix]);
}

function tarOf(name: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name);
  head.write('ustar', 257);
  return head;
}

const RESTORE = 'convert it: pg_restore --schema-only -f schema.sql x';

describe('files that are no text are refused, with the command that makes text of them', () => {
  it.each([
    ["a dump in pg_dump's custom format", Buffer.from('PGDMP\x01\x0e'), RESTORE],
    ["a dump in pg_dump's tar format", tarOf('toc.dat'), RESTORE],
    ['a tar archive', tarOf('schema.sql'), 'unpack it and give what is in it: tar -xf x'],
    [
      'what mysqldump --xml writes',
      Buffer.from('<?xml version="1.0"?>\n<mysqldump xmlns:xsi="x">'),
      'dump it as SQL: mysqldump --no-data --routines database > schema.sql',
    ],
    ['a zip archive', Buffer.from('PK\x03\x04'), 'unpack it and give what is in it: unzip x'],
    [
      'compressed with zstd',
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
      'unpack it and give what is in it: zstd -d x',
    ],
    [
      'compressed with xz',
      Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
      'unpack it and give what is in it: xz -dk x',
    ],
  ])('%s', async (what, bytes, fix) => {
    writeFileSync(join(dir, 'x'), bytes);
    const message = `x is ${what}, not a text that can be read`;
    expect(await refusal(createLoader({ base: dir }).readEntry('x'))).toEqual([
      'MCP116',
      message,
      fix,
    ]);
  });

  it('also in gzip, and from standard input', async () => {
    writeFileSync(join(dir, 'x.gz'), gzipSync('PGDMP'));
    const inGzip = await refusal(createLoader({ base: dir }).readEntry('x.gz'));
    expect(inGzip[2]).toBe(
      'gunzip -c x.gz > dump; then convert it: pg_restore --schema-only -f schema.sql dump',
    );
    const stdin = Readable.from([Buffer.from('SQLite form'), Buffer.from('at 3\0 and more')]);
    const piped = await refusal(createLoader({ base: dir, stdin }).readEntry('-'));
    expect(piped[1]).toBe('standard input is an SQLite database, not a text that can be read');
  });

  it('and so is a folder that pg_dump wrote', async () => {
    mkdirSync(join(dir, 'x'));
    writeFileSync(join(dir, 'x/toc.dat'), 'PGDMP');
    const message = "x is a dump in pg_dump's directory format, not a text that can be read";
    const told = ['MCP116', message, RESTORE];
    const load = createLoader({ base: dir });
    expect(await refusal(readScripts('x', load))).toEqual(told);
    expect(await refusal(load.readEntry('x'))).toEqual(told);
  });
});
