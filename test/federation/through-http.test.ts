import type { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { McpSource } from '../../src/blueprint/upstream.js';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import type { Backend } from '../../templates/src/runtime/backend.js';
import { configureLog } from '../../templates/src/runtime/log.js';
import { mcpBackend } from '../../templates/src/runtime/mcp/mcp-backend.js';
import type { ServerTool } from '../../templates/src/runtime/tool.js';
import { connect, ERAS, put, type Connected } from '../runtime/changes/support.js';
import { httpUpstream, type HttpUpstream } from './http-upstream.js';
import { readFederation } from './support.js';

let upstream: HttpUpstream;
let front: Backend;
let made: ReturnType<typeof put>;
let connected: Connected | undefined;

beforeEach(async () => {
  configureLog({}, () => {});
  upstream = await httpUpstream();
  const listed = await snapshotUpstream({ url: upstream.url });
  const { blueprint } = await readFederation({ up: { connect: [{ url: upstream.url }], listed } });
  const source = blueprint.sources[0] as McpSource;
  front = mcpBackend({ up: source.upstream as never })({ env: {}, userAgent: 'test/1' });
  const tools = blueprint.tools.map((one): ServerTool => ({ ...one, mcp: one.binding }) as never);
  made = put([front], tools, 'http');
});
afterEach(async () => {
  await connected?.close();
  await front.close();
  await upstream.stop();
});

const CALL = { name: 'steps', arguments: {} };

describe('a client, this server and the other, all over HTTP', () => {
  it.each(ERAS)('progress comes through to a client of %s', async (era) => {
    const { client } = (connected = await connect(era, made, 'http'));
    const reports: unknown[] = [];
    const options = { onprogress: (report: unknown) => void reports.push(report) };
    const v1 = client as unknown as V1Client;
    const result = await (era === 'v1'
      ? v1.callTool(CALL, undefined, options)
      : client.callTool(CALL, options));
    expect(result.content).toEqual([{ type: 'text', text: 'echo' }]);
    // A client may drop what comes together with the result.
    expect(reports[0]).toEqual({ progress: 1, total: 2, message: 'half' });
  });

  // Those of before 2026-07-28 tell it in a request of its own, which only a session could bring together with the call.
  it('a call that is given up here is given up there', async () => {
    const { client } = (connected = await connect('v2 on 2026-07-28', made, 'http'));
    const stop = new AbortController();
    const call = client.callTool({ ...CALL, name: 'hang' }, { signal: stop.signal });
    const ended = call.catch(() => 'given up');
    await expect.poll(upstream.hanging, { timeout: 10_000 }).toBe(1);
    stop.abort();
    expect(await ended).toBe('given up');
    await expect.poll(upstream.cancelled, { timeout: 8_000 }).toBe(1);
  });
});
