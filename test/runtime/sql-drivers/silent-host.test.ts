import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlFailure } from '../../../templates/src/runtime/sql/driver.js';
import { driverOf, failureOf, read } from './support.js';

const AWAY = {
  kind: 'unavailable',
  message: 'The database cannot be reached at the moment. Try again later.',
};

describe.each(['postgres', 'mysql'])(
  'a host that takes connections and says nothing, %s',
  (scheme) => {
    let host: Server;
    const sockets: Socket[] = [];
    beforeAll(async () => {
      host = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
      host.listen(0, '127.0.0.1');
      await once(host, 'listening');
    });
    afterAll(() => {
      for (const socket of sockets) socket.destroy();
      host.close();
    });

    it('costs the first call the time for connecting, and those after it none', async () => {
      const { port } = host.address() as AddressInfo;
      // If the first call waited for an answer, this test would not end.
      const driver = driverOf(`${scheme}://user:secret@127.0.0.1:${port}/shop`, {
        SQL_POOL_WAIT_MS: '300',
        SQL_CONNECT_RETRY_MS: '500',
      });
      try {
        const first = await failureOf(read(driver, 'SELECT 1'));
        expect(first).toMatchObject(AWAY);
        const tried = sockets.length;
        expect(tried).toBeGreaterThan(0);
        const detailOf = (error: unknown) => (error as SqlFailure).detail;
        const later = await Promise.all(
          [1, 2, 3].map(() => read(driver, 'SELECT 1').catch(detailOf)),
        );
        expect(later).toEqual(Array(3).fill(expect.stringMatching(/^not tried again yet: /)));
        expect(sockets.length).toBe(tried);
      } finally {
        await driver.close();
      }
    });
  },
);
