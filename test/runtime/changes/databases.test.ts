import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import type { Announce } from '../../../templates/src/runtime/changes/live.js';
import type { SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import { isThere } from '../../../templates/src/runtime/sql/is-there.js';
import { sqlBackend } from '../../../templates/src/runtime/sql/sql-backend.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import '../../support/typescript-children.js';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';
import { connect, put, tool, until } from './support.js';

const DATABASE: SqlDatabase = {
  ...{ id: 'orders', dialect: 'sqlite', env: 'ORDERS_URL', tables: {} },
  limits: { defaultRows: 10, maxRows: 10, timeoutMs: 1_000, maxTextChars: 100, maxBinaryBytes: 0 },
};
const LIST = { ...tool('list_orders'), sql: { source: 'orders', action: 'list' } } as ServerTool;

let folder: string;
let open: Backend[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'databases-'));
});
afterAll(async () => {
  await Promise.all(open.map(({ close }) => close()));
  await rm(folder, { recursive: true, force: true });
});

function serve(database: SqlDatabase, env: Record<string, string>) {
  let announce: Announce = () => {};
  const one = sqlBackend({ orders: database })({
    ...{ env: { AVAILABILITY_CHECK_MS: '100', ...env }, userAgent: 'test/1' },
    announce: (change) => announce(change),
  });
  open = [...open, one];
  const made = put([one], [tool('own'), LIST], 'stdio');
  announce = made.live.announce;
  return { made, one };
}

const namesOf = ({ made }: ReturnType<typeof serve>) =>
  made.live.catalogue.toolList.map(({ name }) => name);

test('tools of a database appear with it, and are announced', async () => {
  const path = join(folder, 'orders.sqlite');
  const served = serve({ ...DATABASE, whenUnavailable: 'hide' }, { ORDERS_URL: `sqlite:${path}` });
  await served.one.begin?.();
  const { heard, listen, close } = await connect('v2 on 2026-07-28', served.made, 'stdio');
  await listen();
  expect(namesOf(served)).toEqual(['own']);
  await writeFile(path, '');
  await until(() => heard.length > 0);
  expect(heard).toEqual(['tools']);
  expect(namesOf(served)).toEqual(['own', 'list_orders']);
  await close();
});

const missing = findPostgres() ? '' : ' (skipped: no PostgreSQL is installed)';

test.skipIf(missing !== '')(
  `tools of a PostgreSQL that is stopped disappear, and come back with it${missing}`,
  async () => {
    const server = await startPostgres();
    try {
      const database = { ...DATABASE, dialect: 'postgres', whenUnavailable: 'hide' } as const;
      const served = serve(database, { ORDERS_URL: server.url() });
      await served.one.begin?.();
      expect(namesOf(served)).toEqual(['own', 'list_orders']);
      const { heard, listen, close } = await connect('v2 on 2026-07-28', served.made, 'http');
      await listen();
      await server.halt();
      await until(() => heard.length > 0);
      expect(namesOf(served)).toEqual(['own']);
      await server.resume();
      await until(() => heard.length > 1);
      expect([heard, namesOf(served)]).toEqual([
        ['tools', 'tools'],
        ['own', 'list_orders'],
      ]);
      await close();
      await served.one.close();
    } finally {
      await server.stop();
    }
  },
  60_000,
);

test('tools of a database without an address stay hidden, where mcp.yaml says so', async () => {
  const hiding = serve({ ...DATABASE, whenUnavailable: 'hide' }, {});
  await hiding.one.begin?.();
  expect(namesOf(hiding)).toEqual(['own']);
  const listing = serve(DATABASE, {});
  expect(listing.one.begin).toBeUndefined();
  expect(namesOf(listing)).toEqual(['own', 'list_orders']);
});

test('a database is there when it answers, and not when it is not configured', async () => {
  const { signal } = new AbortController();
  const asked: string[] = [];
  const driver = async () => ({
    read: async (work: (session: object) => unknown) =>
      work({ run: async ({ text }: { text: string }) => void asked.push(text) }),
  });
  const parts = { driver: driver as never, problems: () => [] };
  expect(await isThere(parts, 'orders', signal)).toBe(true);
  expect(asked).toEqual(['SELECT 1']);
  expect(await isThere({ ...parts, problems: () => ['not set'] }, 'orders', signal)).toBe(false);
  const down = { ...parts, driver: () => Promise.reject(new Error('refused')) };
  await expect(isThere(down, 'orders', signal)).rejects.toThrow('refused');
});
