import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1HttpTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport as V1Streams } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult, McpServerFactory } from '@modelcontextprotocol/server';
import { StdioServerTransport as Streams } from '@modelcontextprotocol/server/stdio';
import { createCallSlots } from '../../../templates/src/runtime/calls/call-slots.js';
import {
  createCallTool,
  type CallToolOptions,
} from '../../../templates/src/runtime/calls/call-tool.js';
import { createCatalogue, type ServerInfo } from '../../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import { listenHttp } from '../../../templates/src/runtime/serve/serve-http.js';
import { listenStdio } from '../../../templates/src/runtime/serve/serve-stdio.js';
import type { HttpTool } from '../../../templates/src/runtime/http/http-tool.js';

export const SERVER: ServerInfo = {
  name: 'shop',
  title: 'Shop',
  version: '1.2.3',
  instructions: 'Sells pets.',
  transports: ['stdio', 'http'],
};

export const TOOLS: HttpTool[] = [
  {
    name: 'get_pet',
    title: 'Get a pet',
    description: 'Finds one pet.',
    annotations: { readOnlyHint: true },
    inputSchema: {
      type: 'object',
      properties: { id: { type: 'integer' } },
      required: ['id'],
      additionalProperties: false,
    },
    outputSchema: { type: 'object', properties: { id: { type: 'integer' } } },
    request: { source: 'shop', method: 'GET', path: '/pets/{id}' },
  },
  {
    name: 'add_pet',
    description: 'Adds a pet.',
    inputSchema: { type: 'object', properties: { name: { type: 'string' } } },
    request: { source: 'shop', method: 'POST', path: '/pets' },
  },
];

/** What every client must see. */
export const LISTED = [
  {
    name: 'get_pet',
    title: 'Get a pet',
    description: 'Finds one pet.',
    inputSchema: TOOLS[0]?.inputSchema,
    outputSchema: TOOLS[0]?.outputSchema,
    annotations: { readOnlyHint: true },
  },
  { name: 'add_pet', description: 'Adds a pet.', inputSchema: TOOLS[1]?.inputSchema },
];

export const echo: CallToolOptions['call'] = async (tool, args): Promise<CallToolResult> => ({
  content: [{ type: 'text', text: `${tool.name} ${JSON.stringify(args)}` }],
  ...(tool.outputSchema && { structuredContent: args }),
});

export function makeFactory(
  options: Partial<CallToolOptions> = {},
  tools = TOOLS,
): McpServerFactory {
  const callTool = createCallTool({
    problems: () => [],
    call: echo,
    slots: createCallSlots({ concurrency: 8, queue: 8 }),
    timeoutMs: 10_000,
    ...options,
  });
  return createServerFactory(SERVER, createCatalogue(tools), callTool);
}

export const ERAS = ['v2 on 2026-07-28', 'v2 on 2025-11-25', 'v1'] as const;
export type Era = (typeof ERAS)[number];

/** The part of both clients' API that the tests use. */
export type AnyClient = Pick<
  Client,
  'callTool' | 'listTools' | 'listResources' | 'listPrompts' | 'readResource' | 'close'
>;

const IDENTITY = { name: 'test', version: '0' };

function v2Client(era: Era): Client {
  const modern = era === 'v2 on 2026-07-28';
  return new Client(
    IDENTITY,
    modern ? { versionNegotiation: { mode: { pin: '2026-07-28' } } } : {},
  );
}

export async function connectHttp(era: Era, url: string): Promise<AnyClient> {
  if (era === 'v1') {
    const client = new V1Client(IDENTITY);
    await client.connect(new V1HttpTransport(new URL(url)));
    return client as unknown as AnyClient;
  }
  const client = v2Client(era);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

/** Client and server over a pair of streams in this process. */
export async function connectStdio(era: Era, factory: McpServerFactory) {
  const input = new PassThrough();
  const output = new PassThrough();
  const listener = listenStdio({ factory, input, output, maxMessageBytes: 1e6, graceMs: 5_000 });
  if (era === 'v1') {
    const client = new V1Client(IDENTITY);
    await client.connect(new V1Streams(output, input));
    return { client: client as unknown as AnyClient, listener, input };
  }
  const client = v2Client(era);
  await client.connect(new Streams(output, input));
  return { client: client as AnyClient, listener, input };
}

export function listen(factory: McpServerFactory, env: Record<string, string> = {}) {
  return listenHttp({ factory, env, host: '127.0.0.1', port: 0, maxBodyBytes: 100_000 });
}

/** A promise that the test settles. */
export function gate<Value = void>() {
  let open: (value: Value) => void = () => {};
  const opened = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A message over HTTP of a client of 2025-11-25, unless the headers say otherwise. */
export function mcpRequest(
  body: string,
  headers: Record<string, string> = {},
  path = '/mcp',
): Request {
  return new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: {
      host: 'localhost',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      ...headers,
    },
    body,
  });
}
