import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fakeListed, fakeServer, type Fake } from './fake-upstream.js';
import { emitFederation } from './support.js';

let fake: Fake;
let project: Awaited<ReturnType<typeof emitFederation>>;
let client: Client;
beforeAll(async () => {
  fake = await fakeServer();
  const connect = [{ command: fake.command }];
  project = await emitFederation({ fake: { connect, listed: await fakeListed() } });
  client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [project.main, '--stdio'],
      stderr: 'ignore',
    }),
  );
});
afterAll(async () => {
  await client?.close();
  await project?.remove();
  await fake.remove();
});

it('progress comes through to the client', async () => {
  const reports: unknown[] = [];
  await client.callTool(
    { name: 'steps', arguments: {} },
    { onprogress: (report) => reports.push(report) },
  );
  expect(reports).toEqual([
    { progress: 1, total: 2, message: 'half' },
    { progress: 2, total: 2 },
  ]);
});

it('a cancelled call is cancelled there', async () => {
  const controller = new AbortController();
  const running = client.callTool({ name: 'hang', arguments: {} }, { signal: controller.signal });
  running.catch(() => {});
  await vi.waitFor(async () => expect((await fake.log()).at(-1)).toMatch(/call hang/), 10_000);
  controller.abort();
  await expect(running).rejects.toThrow();
  await vi.waitFor(async () => expect((await fake.log()).at(-1)).toMatch(/^cancelled/), 10_000);
});

it('the process that was started ends with the server', async () => {
  const [, pid] = (await fake.log())[0]!.split(' ');
  process.kill(Number(pid), 0);
  await client.close();
  await vi.waitFor(() => expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH'), 10_000);
});
