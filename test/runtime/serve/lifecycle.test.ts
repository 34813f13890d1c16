import { Agent, get, request as httpRequest, type IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { listenStdio } from '../../../templates/src/runtime/serve/serve-stdio.js';
import { connectHttp, connectStdio, echo, gate, listen, makeFactory } from './support.js';

/** A factory whose calls wait; `started` resolves with the first one. */
function slowFactory() {
  const started = gate();
  const finish = gate();
  const factory = makeFactory({
    call: async (tool, args, signal) => {
      started.open();
      await finish.opened;
      return echo(tool, args, signal);
    },
  });
  return { factory, started: started.opened, finish: finish.open };
}

const CALL = {
  jsonrpc: '2.0',
  id: 5,
  method: 'tools/call',
  params: { name: 'add_pet', arguments: { name: 'Rex' } },
};
const CALLED = {
  jsonrpc: '2.0',
  id: 5,
  result: { content: [{ type: 'text', text: 'add_pet {"name":"Rex"}' }] },
};

const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

function post(url: string, agent: Agent, message: typeof CALL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': message.method,
      'mcp-name': message.params.name,
    };
    httpRequest(url, { method: 'POST', agent, headers }, resolve)
      .on('error', reject)
      .end(JSON.stringify({ ...message, params: { ...message.params, _meta: MODERN_META } }));
  });
}

describe('stopping HTTP', () => {
  test('answers what was asked, says so to keep-alive clients, and accepts nothing new', async () => {
    const { factory, started, finish } = slowFactory();
    const { url, close } = await listen(factory);
    const agent = new Agent({ keepAlive: true });
    const response = post(url, agent, CALL);
    await started;
    const closed = close(60_000);
    await expect(
      new Promise((resolve, reject) => {
        get(url.replace('/mcp', '/health'), { agent: new Agent() }, resolve).on('error', reject);
      }),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    finish();
    const { headers, statusCode } = await response;
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    expect(JSON.parse(await text(await response))).toMatchObject(CALLED);
    await closed;
    agent.destroy();
  });

  test('does not wait for idle connections', async () => {
    const { url, close } = await listen(makeFactory());
    const agent = new Agent({ keepAlive: true });
    const response = await post(url, agent, CALL);
    expect(response.headers.connection).toBe('keep-alive');
    await text(response);
    await close(60_000);
    agent.destroy();
  });

  test('cuts off what takes longer than the grace', async () => {
    const { factory, started } = slowFactory();
    const { url, close } = await listen(factory);
    const client = await connectHttp('v2 on 2026-07-28', url);
    const call = client.callTool(CALL.params).catch((error: unknown) => error);
    await started;
    await close(10);
    expect(await call).toBeInstanceOf(Error);
    await client.close();
  });

  test('a client that goes away cancels its call', async () => {
    const aborted = gate<boolean>();
    const started = gate();
    const factory = makeFactory({
      call: (_tool, _args, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.open(true);
            reject(signal.reason);
          });
          started.open();
        }),
    });
    const { url, close } = await listen(factory);
    const client = await connectHttp('v2 on 2026-07-28', url);
    const leave = new AbortController();
    const call = client.callTool(CALL.params, { signal: leave.signal }).catch(() => 'cancelled');
    await started.opened;
    leave.abort();
    expect(await aborted.opened).toBe(true);
    expect(await call).toBe('cancelled');
    await client.close();
    await close(1_000);
  });
});

describe('stopping stdio', () => {
  test('end of input: what was asked is answered before it ends', async () => {
    const { factory, started, finish } = slowFactory();
    const input = new PassThrough();
    const output = new PassThrough();
    const { ended } = listenStdio({
      factory,
      input,
      output,
      maxMessageBytes: 1e6,
      graceMs: 60_000,
    });
    input.end(`${JSON.stringify(CALL)}\n`);
    await started;
    finish();
    await ended;
    output.end();
    expect(JSON.parse(await text(output))).toEqual(CALLED);
  });

  test('asked to stop: reads no further and answers what it has', async () => {
    const { factory, started, finish } = slowFactory();
    const { client, listener } = await connectStdio('v2 on 2025-11-25', factory);
    const call = client.callTool(CALL.params);
    await started;
    const closed = listener.close(60_000);
    finish();
    expect(await call).toMatchObject(CALLED.result);
    await closed;
    await listener.ended;
    await client.close();
  });

  test('a cancelled call is not waited for', async () => {
    const { factory, started } = slowFactory();
    const { client, listener } = await connectStdio('v2 on 2025-11-25', factory);
    const leave = new AbortController();
    const call = client.callTool(CALL.params, { signal: leave.signal }).catch(() => 'cancelled');
    await started;
    leave.abort();
    expect(await call).toBe('cancelled');
    await client.listTools();
    await listener.close(60_000);
    await client.close();
  });
});
