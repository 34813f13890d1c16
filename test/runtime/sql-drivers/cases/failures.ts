import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { SqlFailure } from '../../../../templates/src/runtime/sql/driver.js';
import { freePort, type DatabaseServer } from '../../../sql/support/database-server.js';
import { driverOf, failureOf, read, sessionOptions, until, write } from '../support.js';

/** A real server with a table `item (id, name)` of two rows, seen from outside. */
export type FailingEngine = {
  server: DatabaseServer;
  /** For drivers. */
  address: string;
  run: (text: string) => Promise<unknown>;
  /** How many statements of drivers run at the moment. */
  busy: () => Promise<number>;
  /** Ends the connections of all drivers. */
  kill: () => Promise<void>;
  /** Connects anew to a server that has been started again. */
  reconnect: () => Promise<void>;
  close: () => Promise<void>;
};

/** Texts of a dialect. */
export type FailingTexts = {
  /** Lasts for longer than the test. */
  long: string;
  /** Code of a statement that the server stopped because its time was over. */
  timeoutCode: string;
  /** Makes a table `big (i)` with the numbers to a million. */
  million: string;
  /** Makes a table `big_value (body)` with one value of 200 MB; statements that must succeed in order. */
  largeValue: string[];
  nowhere: string;
  /** Whether changes can give rows back. */
  returning: boolean;
};

const AWAY = {
  kind: 'unavailable',
  message: 'The database cannot be reached at the moment. Try again later.',
};
const BUSY = {
  kind: 'unavailable',
  message: 'The database is busy: all connections of this server are in use. Try again later.',
};
const INSERT = { text: "INSERT INTO item VALUES (9, 'x')", values: [] };

/** What may go wrong with a server, and that each is told clearly, harms nobody else and leaves nothing half-written. */
export function failureCases(start: () => Promise<FailingEngine>, texts: FailingTexts): void {
  let engine: FailingEngine;
  let driver: SqlDriver;

  beforeAll(async () => {
    engine = await start();
    driver = driverOf(engine.address);
  });
  afterAll(async () => {
    await driver?.close();
    await engine?.close();
    await engine?.server.stop();
  });

  const isWhole = async (): Promise<void> => {
    expect((await read(driver, 'SELECT id FROM item ORDER BY id')).rows).toEqual([[1], [2]]);
  };

  it('stops a statement on the server when its time is over, and when it is cancelled', async () => {
    const { long, timeoutCode } = texts;
    expect(await failureOf(read(driver, long, [], { timeoutMs: 200 }))).toMatchObject({
      kind: 'timeout',
      code: timeoutCode,
    });
    const half = driver.write(
      async (session) => {
        await session.run(INSERT);
        await session.run({ text: long, values: [] });
      },
      sessionOptions({ timeoutMs: 500 }),
    );
    expect(await failureOf(half)).toMatchObject({ kind: 'timeout', applied: 'no' });
    const controller = new AbortController();
    const cancelled = failureOf(read(driver, long, [], { signal: controller.signal }));
    await until(async () => (await engine.busy()) === 1);
    controller.abort();
    expect(await cancelled).toMatchObject({ kind: 'cancelled' });
    await until(async () => (await engine.busy()) === 0);
    const gone = AbortSignal.abort();
    expect(await failureOf(read(driver, long, [], { signal: gone }))).toMatchObject({
      kind: 'cancelled',
    });
    await isWhole();
  });

  it('lets nobody wait for long when all connections are in use, and gives all back', async () => {
    const small = driverOf(engine.address, { SQL_POOL_SIZE: '2', SQL_POOL_WAIT_MS: '2000' });
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const holding = [1, 2].map(() => failureOf(read(small, texts.long, [], options)));
    await until(async () => (await engine.busy()) === 2);
    expect(await failureOf(read(small, 'SELECT 1'))).toMatchObject(BUSY);
    // A pool that is full does not make the database one that is away.
    expect(await failureOf(read(small, 'SELECT 1'))).toMatchObject(BUSY);
    controller.abort();
    expect((await Promise.all(holding)).map(({ kind }) => kind)).toEqual([
      'cancelled',
      'cancelled',
    ]);
    for (let i = 0; i < 200; i += 1) {
      await failureOf(read(small, i % 2 ? `SELECT ${i}, nothing` : 'SELEC'));
    }
    expect((await read(small, 'SELECT id FROM item WHERE id = 1')).rows).toEqual([[1]]);
    await small.close();
  });

  it('survives connections that are killed, at work and idle', async () => {
    // A connection that has not been used before: what fails on it is not repeated.
    const fresh = driverOf(engine.address);
    const working = failureOf(read(fresh, texts.long));
    await until(async () => (await engine.busy()) === 1);
    await engine.kill();
    expect(await working).toMatchObject({ kind: 'unavailable' });
    await fresh.close();
    await isWhole();
    await engine.kill();
    await isWhole();
    const half = driver.write(async (session) => {
      await session.run(INSERT);
      await engine.kill();
      await session.run({ text: 'SELECT 1', values: [] });
    }, sessionOptions());
    expect(await failureOf(half)).toMatchObject({ kind: 'unavailable', applied: 'no' });
    await isWhole();
  });

  it('gives a part of a million rows, in the memory that the part needs', async () => {
    await engine.run(texts.million);
    const many = 'SELECT i, repeat(?, 100) FROM big'.replace(
      '?',
      engine.address.startsWith('postgres') ? '$1' : '?',
    );
    await read(driver, many, ['x'], { maxRows: 2_500 });
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 20; i += 1) {
      const { rows, truncated } = await read(driver, many, ['x'], { maxRows: 1_000 });
      expect([rows.length, truncated]).toEqual([1_000, true]);
    }
    const small = await read(driver, many, ['x'], { maxBytes: 50_000 });
    expect(small.truncated).toBe(true);
    expect(small.rows.length).toBeGreaterThan(300);
    expect(small.rows.length).toBeLessThan(500);
    expect((await read(driver, 'SELECT sum(i) FROM big')).rows).toEqual([['500000500000']]);
    // The million as it comes is 120 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    const exact = 'SELECT i FROM big WHERE i <= 3';
    const { rows, truncated } = await read(driver, exact, [], { maxRows: 3 });
    expect([rows.length, truncated]).toEqual([3, false]);
  });

  it('survives a value of 200 MB', async () => {
    for (const text of texts.largeValue) await engine.run(text);
    const size = await read(driver, 'SELECT octet_length(body) FROM big_value');
    expect(size.rows.map(([length]) => Number(length))).toEqual([200_000_000]);
    const before = process.memoryUsage().rss;
    expect(
      await failureOf(read(driver, 'SELECT body FROM big_value', [], { maxBytes: 1_000 })),
    ).toMatchObject({
      kind: 'large',
      message: 'The result is too large to be read. Ask for fewer or smaller columns.',
    });
    // SQL_RECEIVE_MAX_BYTES, which is 64 MB, and copies that nobody has collected yet; the whole value with one copy is 400 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000);
    await isWhole();
    if (!texts.returning) return;
    const change = `${INSERT.text} RETURNING (SELECT body FROM big_value)`;
    expect(await failureOf(write(driver, change))).toMatchObject({ kind: 'large', applied: 'no' });
    await isWhole();
  });

  it('says when the account or the server is wrong', async () => {
    const wrong = driverOf(engine.address.replace(/:[^:@]*@/, ':wrong@'));
    const { kind, message } = await failureOf(read(wrong, 'SELECT 1'));
    expect([kind, message]).toEqual([
      'internal',
      'The database refused the user or the password of this server.',
    ]);
    await wrong.close();
    const nowhere = driverOf(texts.nowhere, { SQL_CONNECT_RETRY_MS: '100' });
    expect(await failureOf(read(nowhere, 'SELECT 1'))).toMatchObject(AWAY);
    await nowhere.close();
  });

  it('waits for a server that is not there yet', async () => {
    const port = await freePort();
    const early = driverOf(engine.address.replace(`:${engine.server.port}/`, `:${port}/`));
    const waiting = read(early, 'SELECT id FROM item WHERE id = 1');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const relay = createServer((socket) => {
      const target = connect(engine.server.port, engine.server.host);
      socket.pipe(target).pipe(socket);
      for (const side of [socket, target]) side.on('error', () => undefined);
    }).listen(port, '127.0.0.1');
    expect((await waiting).rows).toEqual([[1]]);
    await early.close();
    relay.close();
  });

  it('is patient at the start only, and finds a server again that was away', async () => {
    // If it were patient later, this test would not end.
    const patient = driverOf(engine.address, { SQL_CONNECT_RETRY_MS: '600000' });
    await read(patient, 'SELECT 1');
    const working = failureOf(read(patient, texts.long));
    await until(async () => (await engine.busy()) === 1);
    const halting = engine.server.halt();
    expect(await working).toMatchObject({ kind: 'unavailable' });
    await halting;
    expect(await failureOf(read(patient, 'SELECT 1'))).toMatchObject(AWAY);
    const calls = Array.from({ length: 20 }, () =>
      read(patient, 'SELECT 1').catch((error: unknown) => error),
    );
    const errors = (await Promise.all(calls)).filter((error) => error instanceof SqlFailure);
    expect(errors.map(({ message }) => message)).toEqual(Array(20).fill(AWAY.message));
    // All but the one that looks whether it is back.
    const untried = errors.filter(({ detail }) => detail?.startsWith('not tried again yet: '));
    expect(untried.length).toBeGreaterThanOrEqual(19);
    expect((await failureOf(write(patient, INSERT.text))).applied).toBe('no');

    await engine.server.resume();
    await engine.reconnect();
    await until(() =>
      read(patient, 'SELECT 1').then(
        ({ rows }) => rows.length === 1,
        () => false,
      ),
    );
    await patient.close();
    // It has not noticed anything of it but that its connections are gone.
    await isWhole();
  });
}
