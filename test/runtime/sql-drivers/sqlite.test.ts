import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import '../../support/typescript-children.js';
import { driverOf, failureOf, read, sessionOptions, write } from './support.js';

const ENDLESS =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
const MILLION =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT i, ? FROM n';

describe('the driver of SQLite', () => {
  let folder: string;
  let driver: SqlDriver;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sqlite-driver-'));
    driver = driverOf(`sqlite:${folder}/data%20file.sqlite?mode=rwc`);
    await write(driver, [
      'CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, price NUMERIC, CHECK (price >= 0))',
      "INSERT INTO item VALUES (1, 'pen', 1.5), (2, 'ink', 12)",
      'CREATE TABLE note (id INTEGER PRIMARY KEY, item INTEGER NOT NULL REFERENCES item)',
    ]);
  });
  afterAll(async () => {
    await driver.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives cells exactly as the database has them', async () => {
    const { rows, columns } = await read(
      driver,
      `SELECT 1 AS a, 2 AS a, 9007199254740991, 9007199254740992, -9223372036854775807 - 1, 1.5, 9e999, NULL,
              'ü😀', x'00ff10', x'', '0044-03-15', 1 = 1`,
    );
    expect(columns.slice(0, 2)).toEqual(['a', 'a']);
    expect(rows).toEqual([
      [
        ...[
          1,
          2,
          9007199254740991,
          '9007199254740992',
          '-9223372036854775808',
          1.5,
          'Infinity',
          null,
        ],
        ...['ü😀', new Uint8Array([0, 255, 16]), new Uint8Array(), '0044-03-15', 1],
      ],
    ]);
  });

  it('takes values of every kind', async () => {
    const bytes = new Uint8Array([0, 1, 255]);
    await write(driver, 'CREATE TABLE given (a INTEGER, b, c, d, e, f, g, h)');
    const values = ['9223372036854775807', 5, true, bytes, null, "';", 1.5, ['x', 1]];
    await write(driver, 'INSERT INTO given VALUES (?, ?, ?, ?, ?, ?, ?, ?)', values);
    const kinds = 'SELECT *, typeof(b), typeof(d) FROM given WHERE a = ? LIMIT ?';
    expect((await read(driver, kinds, ['9223372036854775807', 1])).rows).toEqual([
      ['9223372036854775807', 5, 1, bytes, null, "';", 1.5, '["x",1]', 'integer', 'blob'],
    ]);
    await write(driver, 'DROP TABLE given');
    // Both builds would give it back cut off.
    expect(await failureOf(read(driver, 'SELECT ?', ['a\0b']))).toMatchObject({ kind: 'value' });
  });

  it('cannot write in a read, nor leave the file', async () => {
    const insert = "INSERT INTO item VALUES (9, 'x', 1)";
    const other = join(folder, 'other.sqlite');
    for (const text of [
      ...[
        insert,
        'COMMIT',
        '/* */ -- x\n;COMMIT',
        `ATTACH '${other}' AS o`,
        `VACUUM INTO '${other}'`,
      ],
      ...['PRAGMA query_only = OFF', 'DROP TABLE note', `WITH x AS (SELECT 1) ${insert}`],
    ]) {
      expect(await failureOf(read(driver, text))).toMatchObject({ kind: 'denied' });
    }
    await read(driver, `SELECT 1; ${insert}`);
    expect(await failureOf(write(driver, `ATTACH '${other}' AS o`))).toMatchObject({
      kind: 'denied',
    });
    expect(existsSync(other)).toBe(false);
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([[2]]);
  });

  it('ends a read with its last statement', async () => {
    const other = driverOf(`sqlite:${folder}/data%20file.sqlite`);
    const bounds = { maxRows: 1, last: true };
    await driver.read(async (session) => {
      await session.run({ text: 'SELECT * FROM item', values: [] }, bounds);
      // It would wait for a transaction that has read the file.
      await write(other, "UPDATE item SET name = 'pen' WHERE id = 1", [], { timeoutMs: 3_000 });
    }, sessionOptions());
    expect(await failureOf(read(driver, 'SELECT nme', [], bounds))).toMatchObject({
      kind: 'statement',
    });
    expect((await read(driver, 'SELECT count(*) FROM item', [], bounds)).rows).toEqual([[2]]);
    await other.close();
  });

  it('commits what a write resolves, and says how many rows it changed', async () => {
    const numbers =
      'WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 2599)';
    const { rows, truncated, changes } = await write(
      driver,
      `${numbers} INSERT INTO item SELECT i, 'n' || i, ? FROM n RETURNING id`,
      [1],
      { maxRows: 2 },
    );
    expect({ rows, truncated, changes }).toEqual({
      rows: [[100], [101]],
      truncated: true,
      changes: 2_500,
    });
    expect((await write(driver, 'DELETE FROM item WHERE id >= 100')).changes).toBe(2_500);
    expect(await write(driver, 'SELECT count(*) FROM item')).toMatchObject({
      rows: [[2]],
      changes: 0,
    });
  });

  it('rolls a write back that rejects or is aborted', async () => {
    const insert = { text: "INSERT INTO item VALUES (9, 'x', 1)", values: [] };
    const thrown = driver.write(async (session) => {
      await session.run(insert);
      throw new RangeError('no');
    }, sessionOptions());
    await expect(thrown).rejects.toThrow(RangeError);
    for (const last of ['nothing', ENDLESS]) {
      const controller = new AbortController();
      const aborted = driver.write(
        async (session) => {
          await session.run(insert);
          setTimeout(() => controller.abort(), 50);
          if (last === ENDLESS) await session.run({ text: ENDLESS, values: [] });
          await new Promise(() => undefined);
        },
        sessionOptions({ signal: controller.signal }),
      );
      expect(await failureOf(aborted)).toMatchObject({ kind: 'cancelled', applied: 'no' });
    }
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([[2]]);
  });

  it('says what failed without a value of any row', async () => {
    const failing: [string, string, string][] = [
      [
        "INSERT INTO item VALUES (3, 'pen', 1)",
        'conflict',
        'There is already a row with the same "name" (unique key).',
      ],
      [
        "INSERT INTO item VALUES (3, 'x', -1)",
        'conflict',
        'A value breaks the check "price >= 0".',
      ],
      ['INSERT INTO item VALUES (3, NULL, 1)', 'conflict', 'The column "name" must have a value.'],
      [
        'INSERT INTO note (item) VALUES (77)',
        'conflict',
        'The row refers to one that does not exist, or others refer to it.',
      ],
      [
        "INSERT INTO item VALUES ('x', 'x', 1)",
        'value',
        'A value does not fit the type of its column.',
      ],
      [
        'SELECT nme FROM item',
        'statement',
        'The database did not accept the statement: no such column: nme.',
      ],
      [
        'SELEC',
        'statement',
        'The database did not accept the statement: near "SELEC": syntax error.',
      ],
    ];
    for (const [text, kind, message] of failing) {
      expect(await failureOf(write(driver, text))).toMatchObject({ kind, message });
    }
    for (let i = 0; i < 200; i += 1)
      await failureOf(read(driver, i % 2 ? `SELECT ${i}, nme` : 'SELECT'));
    expect((await read(driver, 'SELECT 1')).rows).toEqual([[1]]);
  });

  it('ends what takes too long or is cancelled, and goes on', async () => {
    expect(await failureOf(read(driver, ENDLESS, [], { timeoutMs: 300 }))).toMatchObject({
      kind: 'timeout',
    });
    const controller = new AbortController();
    const cancelled = failureOf(read(driver, ENDLESS, [], { signal: controller.signal }));
    setTimeout(() => controller.abort(), 200);
    expect(await cancelled).toMatchObject({ kind: 'cancelled' });
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([[2]]);
  });

  it('stops at the limits of rows and bytes', async () => {
    const before = process.memoryUsage().rss;
    const some = await read(driver, MILLION, ['x'.repeat(100)], { maxRows: 10 });
    expect([some.rows.length, some.truncated]).toEqual([10, true]);
    const small = await read(driver, MILLION, ['x'.repeat(100)], { maxBytes: 10_000 });
    expect([small.rows.length, small.truncated]).toEqual([92, true]);
    expect(await failureOf(read(driver, 'SELECT zeroblob(70000000)'))).toMatchObject({
      kind: 'large',
      message: 'The result is too large to be read. Ask for fewer or smaller columns.',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    const exact = await read(driver, MILLION.replace('1000000', '3'), ['x'], { maxRows: 3 });
    expect([exact.rows.length, exact.truncated]).toEqual([3, false]);
    const large = 'SELECT length(zeroblob(200000000))';
    expect((await read(driver, large)).rows).toEqual([[200_000_000]]);
  });

  it('undoes what a process that was killed left half-written', async () => {
    const path = join(folder, 'half.sqlite');
    const half = driverOf(`sqlite:${path}?mode=rwc`);
    await write(half, [
      'CREATE TABLE t (i INTEGER PRIMARY KEY, v TEXT)',
      `INSERT INTO t ${MILLION.replace('1000000', '200000')}`.replace(
        '?',
        "'old old old old old old old old'",
      ),
    ]);
    // More than the cache of pages holds, so that the file itself is changed before the transaction ends.
    const update = "UPDATE t SET v = 'new new new new new new new new'";
    const controller = new AbortController();
    const killed = failureOf(
      writeUntilAborted(half, [update, ENDLESS.replace('count(*)', 'count(*), 1')], controller),
    );
    expect(await killed).toMatchObject({ kind: 'cancelled', applied: 'no' });
    const bytes = await readFile(path);
    expect(bytes.includes('new new')).toBe(true);
    expect((await read(half, "SELECT count(*) FROM t WHERE v LIKE 'new%'")).rows).toEqual([[0]]);
    expect((await read(half, 'SELECT * FROM pragma_integrity_check')).rows).toEqual([['ok']]);
    await half.close();
  });

  it('shares a file with other processes of this server', async () => {
    const other = driverOf(`file:${folder}/data%20file.sqlite`);
    const add = (to: SqlDriver, id: number) =>
      write(to, 'INSERT INTO item VALUES (?, ?, 1)', [id, `shared ${id}`]);
    const ids = Array.from({ length: 20 }, (_, i) => 1_000 + i);
    await Promise.all(ids.map((id) => add(id % 2 ? driver : other, id)));
    expect((await read(driver, 'SELECT count(*) FROM item WHERE id >= 1000')).rows).toEqual([[20]]);
    const controller = new AbortController();
    let begun = (): void => undefined;
    const held = new Promise<void>((resolve) => (begun = resolve));
    const holding = failureOf(
      driver.write(
        async (session) => {
          await session.run({ text: 'DELETE FROM item WHERE id >= 1000', values: [] });
          begun();
          await new Promise(() => undefined);
        },
        sessionOptions({ signal: controller.signal }),
      ),
    );
    await held;
    expect(
      await failureOf(write(other, 'DELETE FROM note', [], { timeoutMs: 2_000 })),
    ).toMatchObject({
      kind: 'unavailable',
      message: 'Another program uses the database. Try again later.',
    });
    controller.abort();
    await holding;
    expect((await write(other, 'DELETE FROM item WHERE id >= 1000')).changes).toBe(20);
    await other.close();
  });

  it('says what is wrong with the file, and makes one only for a write that may', async () => {
    const path = join(folder, 'missing.sqlite');
    const strict = driverOf(`sqlite:${path}`);
    const missing = { kind: 'internal', message: 'The file of the database does not exist.' };
    expect(await failureOf(read(strict, 'SELECT 1'))).toMatchObject(missing);
    expect(await failureOf(write(strict, 'CREATE TABLE t (i)'))).toMatchObject(missing);
    await strict.close();
    const generous = driverOf(`sqlite:${path}?mode=rwc`);
    expect(await failureOf(read(generous, 'SELECT 1'))).toMatchObject(missing);
    expect(existsSync(path)).toBe(false);
    await write(generous, 'CREATE TABLE t (i)');
    await generous.close();
    const readOnly = driverOf(`sqlite:${path}?mode=ro`);
    expect((await read(readOnly, 'SELECT count(*) FROM t')).rows).toEqual([[0]]);
    expect(await failureOf(write(readOnly, 'DELETE FROM t'))).toMatchObject({ kind: 'denied' });
    await readOnly.close();
    await writeFile(
      path,
      'this is not a database, but long enough to have a header of one hundred bytes'.repeat(9),
    );
    const damaged = driverOf(`sqlite:${path}`);
    expect(await failureOf(read(damaged, 'SELECT * FROM t'))).toMatchObject({
      kind: 'internal',
      message: 'The file of the database is damaged.',
    });
    await damaged.close();
  });

  it('reads a write-ahead log, or says what it takes', async () => {
    const path = join(folder, 'wal.sqlite');
    const plain = driverOf(`sqlite:${path}?mode=rwc`);
    await write(plain, 'CREATE TABLE t (i)');
    await plain.close();
    // What PRAGMA journal_mode = WAL leaves in the header.
    const bytes = await readFile(path);
    bytes.fill(2, 18, 20);
    await writeFile(path, bytes);
    const driver = driverOf(`sqlite:${path}`);
    const attempt = read(driver, 'SELECT count(*) FROM t');
    if (hasNodeSqlite()) expect((await attempt).rows).toEqual([[0]]);
    else {
      expect(await failureOf(attempt)).toMatchObject({
        kind: 'internal',
        message: expect.stringContaining('uses a write-ahead log'),
      });
    }
    await driver.close();
  });

  it('says when the disk is full, and leaves nothing half-written', async (context) => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    if (mounted.status !== 0) return context.skip('nothing can be mounted here');
    try {
      const small = driverOf(`sqlite:${disk}/data.sqlite?mode=rwc`);
      await write(small, 'CREATE TABLE t (b)');
      await write(small, 'INSERT INTO t VALUES (zeroblob(100000))');
      expect(
        await failureOf(write(small, 'INSERT INTO t VALUES (zeroblob(9000000))')),
      ).toMatchObject({
        kind: 'full',
        message: 'The database has no room left.',
        applied: 'no',
      });
      expect((await read(small, 'SELECT count(*) FROM t')).rows).toEqual([[1]]);
      // What is undone leaves much room, and the next one does not fit all the same.
      const rows: Promise<unknown>[] = [];
      for (let i = 0; i < 6; i += 1)
        rows.push(write(small, 'INSERT INTO t VALUES (zeroblob(200000))'));
      rows.push(write(small, 'UPDATE t SET b = randomblob(200000) WHERE rowid = 2'));
      const outcomes = await Promise.allSettled(rows);
      const failures = outcomes.filter(({ status }) => status === 'rejected');
      expect(failures.map((it) => 'reason' in it && it.reason.message)).toEqual(
        failures.map(() => 'The database has no room left.'),
      );
      expect(failures.length).toBeGreaterThan(0);
      const left = 1 + outcomes.length - failures.length;
      expect((await read(small, 'SELECT count(*) FROM t')).rows).toEqual([[left]]);
      await small.close();
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  });

  it('keeps a database in memory as long as the driver, whatever is killed', async () => {
    const memory = driverOf('sqlite::memory:');
    await write(memory, ['CREATE TABLE t (i)', 'INSERT INTO t VALUES (1)']);
    await failureOf(read(memory, ENDLESS, [], { timeoutMs: 200 }));
    expect((await read(memory, 'SELECT * FROM t')).rows).toEqual([[1]]);
    await memory.close();
  });
});

/** The same condition as the driver's: of two builds, Node's own is taken. */
function hasNodeSqlite(): boolean {
  const sqlite = process.getBuiltinModule('node:sqlite') as unknown as
    { StatementSync: { prototype: object } } | undefined;
  return sqlite !== undefined && 'setReturnArrays' in sqlite.StatementSync.prototype;
}

/** Runs statements in a write and aborts it a little after the last one has begun. */
function writeUntilAborted(driver: SqlDriver, texts: string[], controller: AbortController) {
  return driver.write(
    async (session) => {
      for (const [i, text] of texts.entries()) {
        if (i === texts.length - 1) setTimeout(() => controller.abort(), 50);
        await session.run({ text, values: [] });
      }
    },
    sessionOptions({ signal: controller.signal }),
  );
}
