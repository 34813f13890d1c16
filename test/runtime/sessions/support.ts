import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { AccessFactory } from '../../../templates/src/runtime/auth/access.js';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import { listenHttp } from '../../../templates/src/runtime/serve/serve-http.js';
import {
  httpSessions,
  type SessionFacts,
} from '../../../templates/src/runtime/sessions/http-sessions.js';
import { assemble } from '../../../templates/src/runtime/start/assemble.js';
import { readServerLimits } from '../../../templates/src/runtime/start/server-limits.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import { gate, SERVER } from '../serve/support.js';

export const OLD = ['v2 on 2025-11-25', 'v1'] as const;
export type Old = (typeof OLD)[number];

export type Parts = {
  tools?: ServerTool[];
  backends?: Backend[];
  auth?: AccessFactory;
  facts?: Partial<SessionFacts>;
};

/** A server with sessions, put together and served as an emitted one is. */
export async function serve({ tools = [], backends = [], auth, facts }: Parts) {
  const sessions = httpSessions({ max: 20, perCaller: 5, idleSeconds: 60, ...facts });
  const { factory, access, live } = assemble(
    {
      ...{ server: SERVER, tools, sessions, backends: backends.map((one) => () => one) },
      ...(auth && { auth }),
    },
    { transport: 'http', env: {}, limits: readServerLimits({}) },
  );
  const where = { env: {}, host: '127.0.0.1', port: 0, maxBodyBytes: 100_000 };
  const { url, close } = await listenHttp({ factory, access, live, sessions, ...where });
  return { url, close, live };
}

/** A client of a version before 2026-07-28 whose user, model and folders answer; and all that it is told, once it listens. */
export async function connectOld(kind: Old, url: string, headers: Record<string, string> = {}) {
  const told: unknown[] = [];
  const can = { capabilities: { elicitation: {}, sampling: {}, roots: {} } };
  const form = { action: 'accept' as const, content: { name: 'Ada' } };
  const message = {
    ...{ role: 'assistant' as const, model: 'm' },
    content: { type: 'text' as const, text: 'Paris' },
  };
  const roots = { roots: [{ uri: 'file:///work' }] };
  const listening = gate();
  const watched: typeof fetch = async (address, init) => {
    const response = await fetch(address, init);
    if (init?.method === 'GET') listening.open();
    return response;
  };
  const where = { requestInit: { headers }, fetch: watched };
  const identity = { name: 'test', version: '0' };
  if (kind === 'v1') {
    const client = new V1Client(identity, can);
    client.setRequestHandler(ElicitRequestSchema, () => form);
    client.setRequestHandler(CreateMessageRequestSchema, () => message);
    client.setRequestHandler(ListRootsRequestSchema, () => roots);
    const on = client.setNotificationHandler.bind(client);
    on(LoggingMessageNotificationSchema, ({ params }) => void told.push(params.data));
    on(ToolListChangedNotificationSchema, () => void told.push('tools'));
    on(ResourceUpdatedNotificationSchema, ({ params }) => void told.push(params.uri));
    const transport = new V1Http(new URL(url), where);
    await client.connect(transport);
    await listening.opened;
    return { client: client as unknown as Client, transport, told };
  }
  const client = new Client(identity, { ...can, versionNegotiation: { mode: 'legacy' } });
  client.setRequestHandler('elicitation/create', () => form);
  client.setRequestHandler('sampling/createMessage', () => message);
  client.setRequestHandler('roots/list', () => roots);
  const on = client.setNotificationHandler.bind(client);
  on('notifications/message', ({ params }) => void told.push(params.data));
  on('notifications/tools/list_changed', () => void told.push('tools'));
  on('notifications/resources/updated', ({ params }) => void told.push(params.uri));
  const transport = new StreamableHTTPClientTransport(new URL(url), where);
  await client.connect(transport);
  await listening.opened;
  return { client, transport, told };
}

export type Headers = Record<string, string>;

const ACCEPT = { accept: 'application/json, text/event-stream' };
const VERSION = { 'mcp-protocol-version': '2025-11-25' };

/** One message as it stands on the wire. */
export function post(url: string, message: unknown, headers: Headers = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ACCEPT, ...VERSION, ...headers },
    body: JSON.stringify(message),
  });
}

export function request(id: number, method: string, params: object = {}) {
  return { jsonrpc: '2.0', id, method, params };
}

/** The message that a client begins with; what it answers tells the session's id. */
export function hello(url: string, headers: Headers = {}, capabilities: object = {}) {
  const clientInfo = { name: 'test', version: '0' };
  return post(
    url,
    request(0, 'initialize', { protocolVersion: '2025-11-25', capabilities, clientInfo }),
    headers,
  );
}

/** Opens a session; gives the header that belongs to it. */
export async function open(url: string, headers: Headers = {}, capabilities: object = {}) {
  const response = await hello(url, headers, capabilities);
  await response.text();
  const id = response.headers.get('mcp-session-id');
  if (id === null) throw new Error(`no session: ${response.status}`);
  const session = { 'mcp-session-id': id, ...headers };
  await post(url, { jsonrpc: '2.0', method: 'notifications/initialized' }, session);
  return session;
}

/** The stream of a session, of what belongs to no call. */
export function streamOf(url: string, session: Headers, more: RequestInit = {}) {
  return fetch(url, { ...more, headers: { ...ACCEPT, ...VERSION, ...session, ...more.headers } });
}

export function end(url: string, session: Headers): Promise<Response> {
  return fetch(url, { method: 'DELETE', headers: { ...VERSION, ...session } });
}

/** The messages of a stream that has ended. */
export async function messagesOf(response: Response): Promise<unknown[]> {
  const text = await response.text();
  return [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data!));
}

export type Event = { id: string; data: string };

/** Reads a stream as it comes: the next event, undefined at its end. */
export function eventsOf(response: Response): () => Promise<Event | undefined> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    for (;;) {
      const [whole, event] = /^([\s\S]*?)\n\n/.exec(text) ?? [];
      if (whole !== undefined) {
        text = text.slice(whole.length);
        const [, id] = /^id: (.*)$/m.exec(event!) ?? [];
        const [, data] = /^data: (.*)$/m.exec(event!) ?? [];
        if (id !== undefined) return { id, data: data ?? '' };
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += value;
    }
  };
}
