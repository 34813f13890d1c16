import { PassThrough } from 'node:stream';
import {
  Client,
  StreamableHTTPClientTransport,
  type ClientCapabilities,
} from '@modelcontextprotocol/client';
import { StdioServerTransport as Streams } from '@modelcontextprotocol/server/stdio';
import { createCallSlots } from '../../../templates/src/runtime/calls/call-slots.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import type { OwnHandler } from '../../../templates/src/runtime/handler.js';
import { createRequestStates } from '../../../templates/src/runtime/input/request-states.js';
import { listenHttp } from '../../../templates/src/runtime/serve/serve-http.js';
import { listenStdio } from '../../../templates/src/runtime/serve/serve-stdio.js';
import type { HandlerTool } from '../../../templates/src/runtime/tool.js';
import { createToolCalls } from '../../../templates/src/runtime/calls/tool-calls.js';
import { SERVER } from '../serve/support.js';

export const VERSIONS = ['2026-07-28', '2025-11-25'] as const;
export type Version = (typeof VERSIONS)[number];
export type Transport = 'stdio' | 'http';

/** A tool whose handler is this function. */
export function toolOf(
  name: string,
  handler: OwnHandler<Record<string, unknown>>,
  parts: Partial<HandlerTool> = {},
): HandlerTool {
  return {
    name,
    description: '',
    inputSchema: { type: 'object' },
    handler: handler as HandlerTool['handler'],
    ...parts,
  };
}

/** A server of these tools, put together as it is when it starts. */
export function serverOf(tools: HandlerTool[], env: Record<string, string> = {}) {
  const catalogue = createCatalogue(tools);
  const callTool = createToolCalls({
    ...{ catalogue, backends: [], problems: () => [] },
    slots: createCallSlots({ concurrency: 4, queue: 4 }),
    timeoutMs: 10_000,
    maxResultChars: 10_000,
  });
  return createServerFactory(SERVER, catalogue, callTool, createRequestStates(env));
}

/** A client with what it says that it can, before it is connected: what it answers is up to the test. */
export function clientOf(version: Version, capabilities: ClientCapabilities = {}): Client {
  const pin = { versionNegotiation: { mode: { pin: '2026-07-28' } } } as const;
  return new Client(
    { name: 'test', version: '0' },
    { capabilities, ...(version === '2026-07-28' && pin) },
  );
}

/** Connects the client; what is returned ends both. */
export async function connect(
  client: Client,
  factory: ReturnType<typeof serverOf>,
  transport: Transport,
): Promise<() => Promise<void>> {
  if (transport === 'http') {
    const listener = await listen(factory);
    await client.connect(new StreamableHTTPClientTransport(new URL(listener.url)));
    return async () => {
      await client.close();
      await listener.close(100);
    };
  }
  const [input, output] = [new PassThrough(), new PassThrough()];
  const listener = listenStdio({ factory, input, output, maxMessageBytes: 1e6, graceMs: 1_000 });
  await client.connect(new Streams(output, input));
  return async () => {
    await listener.close(100);
    await client.close();
  };
}

export function listen(factory: ReturnType<typeof serverOf>) {
  const where = { env: {}, host: '127.0.0.1', port: 0, maxBodyBytes: 100_000 };
  return listenHttp({ factory, ...where });
}

/** One request of 2026-07-28 as it stands on the wire, and the whole answer. */
export async function post(
  url: string,
  name: string,
  params: Record<string, unknown>,
): Promise<{
  status: number;
  body: { result?: Record<string, unknown>; error?: Record<string, unknown> };
}> {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
    'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': name,
    },
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
      params: { name, arguments: {}, ...params, _meta: meta },
    }),
  });
  const text = await response.text();
  const [, data = text] = /^data: (.*)$/m.exec(text) ?? [];
  return { status: response.status, body: JSON.parse(data) };
}
