import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import { read, table, tableNames } from '../support/postgres-reading.js';

describe('readPostgres, where something goes wrong', () => {
  it('gives up one statement that never ends and keeps the rest', async () => {
    const reading = await readPostgres(
      [
        {
          path: 'slow.sql',
          text: 'CREATE TABLE a (id integer);\nDO $$ BEGIN LOOP END LOOP; END $$;\nCREATE TABLE b (id integer);',
        },
      ],
      { statementTimeoutMs: 4_000 },
    );
    expect(tableNames(reading)).toEqual(['a', 'b']);
    expect(reading.findings).toMatchObject([
      {
        code: 'MCP811',
        message: 'DO $$ BEGIN LOOP END LOOP; END $$ was left out: ran longer than 4 s',
      },
    ]);
    expect(table(reading, 'a').origin.position).toEqual({ line: 1, column: 1 });
  });

  it('gives up one statement that breaks the engine and keeps the rest; nothing reaches the machine', async () => {
    const mark = join(tmpdir(), `read-postgres-${process.pid}`);
    const reading = await read(`CREATE TABLE a (id integer);
DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''touch ${mark}'''; END $$;
SELECT pg_read_file('/etc/passwd');
CREATE TABLE b (id integer);`);
    expect(tableNames(reading)).toEqual(['a', 'b']);
    expect(
      reading.findings.map(({ code, message }) => [code, message.replace(/^.* left out: /, '')]),
    ).toEqual([
      ['MCP811', 'it broke the engine'],
      ['MCP811', 'could not open file "/etc/passwd" for reading: No such file or directory'],
    ]);
    expect(existsSync(mark)).toBe(false);
  });

  it('ends when it is cancelled or takes too long', async () => {
    const files = [{ path: 'x.sql', text: 'CREATE TABLE a (id integer);' }];
    const cancelled = readPostgres(files, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(cancelled).rejects.toThrow('enough');
    await expect(readPostgres(files, { timeoutMs: 0 })).rejects.toThrow('took longer than 0 s');

    const endless = [{ path: 'x.sql', text: 'SELECT 1; DO $$ BEGIN LOOP END LOOP; END $$;' }];
    const control = new AbortController();
    const running = readPostgres(endless, {
      signal: control.signal,
      onProgress: (done) => done === 2 && setTimeout(() => control.abort(new Error('enough')), 50),
    });
    await expect(running).rejects.toThrow('enough');
    await expect(readPostgres(endless, { timeoutMs: 8_000 })).rejects.toThrow(
      'took longer than 8 s',
    );
  });

  it('makes the empty cluster anew where the kept one is damaged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'read-postgres-cache-'));
    const before = process.env['XDG_CACHE_HOME'];
    process.env['XDG_CACHE_HOME'] = folder;
    try {
      const kept = (): string =>
        join(folder, 'create-mcp-server', readdirSync(join(folder, 'create-mcp-server'))[0] ?? '');
      expect(tableNames(await read('CREATE TABLE a (id integer);'))).toEqual(['a']);
      const size = statSync(kept()).size;
      truncateSync(kept(), Math.floor(size / 2));
      expect(tableNames(await read('CREATE TABLE b (id integer);'))).toEqual(['b']);
      expect(statSync(kept()).size).toBeGreaterThan(size / 2 + 1000);
    } finally {
      if (before === undefined) delete process.env['XDG_CACHE_HOME'];
      else process.env['XDG_CACHE_HOME'] = before;
      rmSync(folder, { recursive: true });
    }
  });
});
