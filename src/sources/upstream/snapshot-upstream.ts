import type { Client as McpClient } from '@modelcontextprotocol/client';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';

import type { UpstreamSnapshot } from './snapshot.js';

/** Where a server is, with nothing left to fill in; `shown` is how messages call it where that would tell secrets. */
export type UpstreamAddress = { shown?: string } & (
  | { url: string; headers?: Record<string, string> }
  | { command: readonly string[]; env?: Record<string, string> }
);

export type SnapshotOptions = { signal?: AbortSignal; timeoutMs?: number };

const TIMEOUT_MS = 60_000;
const MAX_REASON = 300;

/** What a server lists now, of either era of the protocol. Throws an InputError (MCP861); nothing is left running. */
export async function snapshotUpstream(
  address: UpstreamAddress,
  { signal, timeoutMs = TIMEOUT_MS }: SnapshotOptions = {},
): Promise<UpstreamSnapshot> {
  const { Client } = await import('@modelcontextprotocol/client');
  const client = new Client(
    // Nothing depends on the version of the reader.
    { name: 'create-mcp-server', version: '1.0.0' },
    { versionNegotiation: { mode: 'auto' } },
  );
  // Said by the request that it makes fail.
  client.onerror = () => {};
  const transport = await transportTo(address);
  try {
    await client.connect(transport, { timeout: timeoutMs, ...(signal && { signal }) });
    return await listEverything(client, { timeout: timeoutMs, ...(signal && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    const plain = 'url' in address ? withoutQuery(address.url) : address.command.join(' ');
    const what = address.shown ?? plain;
    throw new InputError([diagnostic('MCP861', { what, why: reasonOf(error) })]);
  } finally {
    await client.close().catch(() => {});
    await transport.close().catch(() => {});
  }
}

async function transportTo(address: UpstreamAddress) {
  if ('url' in address) {
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
    return new StreamableHTTPClientTransport(new URL(address.url), {
      requestInit: { headers: address.headers ?? {} },
      redirectPolicy: 'same-origin',
    });
  }
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const [command = '', ...args] = address.command;
  const { env = {} } = address;
  return new StdioClientTransport({ command, args, env, stderr: 'ignore' });
}

async function listEverything(
  client: McpClient,
  options: { timeout: number; signal?: AbortSignal },
): Promise<UpstreamSnapshot> {
  const can = client.getServerCapabilities() ?? {};
  const { name = 'unknown', title, version = '0' } = client.getServerVersion() ?? {};
  const instructions = client.getInstructions();
  const protocol = client.getNegotiatedProtocolVersion();
  const tools = can.tools ? (await client.listTools({}, options)).tools : [];
  const resources = can.resources ? (await client.listResources({}, options)).resources : [];
  const templates = can.resources
    ? (await client.listResourceTemplates({}, options)).resourceTemplates
    : [];
  const prompts = can.prompts ? (await client.listPrompts({}, options)).prompts : [];
  return {
    server: {
      name,
      ...(title !== undefined && { title }),
      version,
      ...(instructions !== undefined && { instructions }),
      ...(protocol !== undefined && { protocol }),
      ...(can.resources?.subscribe === true && { subscribe: true }),
    },
    tools,
    resources,
    templates,
    prompts,
  } as UpstreamSnapshot;
}

function withoutQuery(address: string): string {
  return URL.canParse(address) ? new URL(address).origin + new URL(address).pathname : address;
}

function reasonOf(error: unknown): string {
  const causes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause.message);
  return (causes.join(': ') || String(error)).slice(0, MAX_REASON);
}
