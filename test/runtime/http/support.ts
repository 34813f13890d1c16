import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { CallToolResult } from '@modelcontextprotocol/server';
import {
  buildRequest,
  type Credentials,
  type WireRequest,
} from '../../../templates/src/runtime/http/build-request.js';
import { runHttpTool } from '../../../templates/src/runtime/http/call-http-tool.js';
import { loadFiles } from '../../../templates/src/runtime/http/file-content.js';
import type { Limits } from '../../../templates/src/runtime/http/limits.js';
import type {
  HttpOperation,
  HttpParameter,
  HttpSource,
} from '../../../templates/src/runtime/http/operation.js';
import { createUpstreams, type Upstreams } from '../../../templates/src/runtime/http/upstreams.js';
import { configureLog } from '../../../templates/src/runtime/log.js';
import type { HttpTool } from '../../../templates/src/runtime/http/http-tool.js';
import type { JsonSchema } from '../../../templates/src/runtime/tool.js';

const NO_CREDENTIALS: Credentials = { headers: {}, query: [], cookies: [] };

/** Lines that the code under test has logged since `quietLog`. */
export function quietLog(): string[] {
  const lines: string[] = [];
  configureLog({}, (line) => void lines.push(line));
  return lines;
}

const TOKENS = { boundary: 'BOUNDARY', idempotencyKey: 'key-1' };

/** A request of `operation` to `https://api.example.com/v1`, built without network. */
export function build(
  operation: Partial<HttpOperation>,
  args: Record<string, unknown> = {},
  credentials: Credentials = NO_CREDENTIALS,
): WireRequest {
  const whole: HttpOperation = { source: 'api', method: 'GET', path: '/x', ...operation };
  return buildRequest(whole, args, 'https://api.example.com/v1', credentials, TOKENS);
}

/** The same with files. */
export async function buildWithFiles(
  operation: Partial<HttpOperation>,
  args: Record<string, unknown>,
): Promise<WireRequest> {
  return build(operation, loadFiles(operation.body, args));
}

/** Path and query below `https://api.example.com/v1` when argument `p` travels as described. */
export function urlOf(
  parameter: Omit<HttpParameter, 'argument'>,
  value: unknown,
  path = '/x',
): string {
  const { url } = build({ path, parameters: [{ argument: 'p', ...parameter }] }, { p: value });
  return url.replace('https://api.example.com/v1', '');
}

export type Received = {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
};
export type Reply = (request: Received, response: ServerResponse, count: number) => void;

export type Upstream = {
  url: string;
  requests: Received[];
  server: Server;
  aborted: Promise<void>;
};

/** A loopback API that records what arrives and is closed when the test ends. */
export async function startUpstream(reply: Reply): Promise<Upstream> {
  const requests: Received[] = [];
  let onAbort = () => {};
  const aborted = new Promise<void>((resolve) => (onAbort = resolve));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on('close', () => {
      if (!response.writableFinished) onAbort();
    });
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body: Buffer.concat(chunks) };
      requests.push(received);
      reply(received, response, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, server, aborted };
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Answers with any type, status and headers. */
export function send(
  response: ServerResponse,
  body: string | Buffer,
  contentType?: string,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...headers,
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  });
  response.end(body);
}

export type Setup = {
  operation?: Partial<HttpOperation>;
  inputSchema?: JsonSchema;
  outputSchema?: JsonSchema;
  annotations?: HttpTool['annotations'];
  schemes?: HttpSource['securitySchemes'];
  env?: Record<string, string>;
  limits?: Partial<Limits>;
};

export type Caller = {
  tool: HttpTool;
  upstreams: Upstreams;
  call: (args?: Record<string, unknown>, signal?: AbortSignal) => Promise<CallToolResult>;
};

/** A tool whose API is at `url`. */
export function caller(url: string, setup: Setup = {}): Caller {
  const upstreams = createUpstreams(
    {
      api: {
        id: 'api',
        servers: { default: { env: 'API_URL' } },
        securitySchemes: setup.schemes ?? {},
      },
    },
    { API_URL: url, ...setup.env },
    { limits: setup.limits ?? {} },
  );
  onTestFinished(() => upstreams.close());
  const tool: HttpTool = {
    name: 'probe',
    description: 'Probe.',
    inputSchema: setup.inputSchema ?? { type: 'object' },
    ...(setup.outputSchema === undefined ? {} : { outputSchema: setup.outputSchema }),
    ...(setup.annotations === undefined ? {} : { annotations: setup.annotations }),
    request: { source: 'api', method: 'GET', path: '/x', ...setup.operation },
  };
  return {
    tool,
    upstreams,
    call: async (args = {}, signal) =>
      (await runHttpTool(tool, args, { upstreams, ...(signal === undefined ? {} : { signal }) }))
        .result,
  };
}

/** The text of a result, its parts joined by line breaks. */
export function textOf(result: CallToolResult): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}
