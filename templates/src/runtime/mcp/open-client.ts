import type { Client as McpClient } from '@modelcontextprotocol/client';
import { log } from '../log.js';
import type { McpConnection } from './upstream.js';

export type OpenClientOptions = {
  /** Of the other server, for the log. */
  id: string;
  userAgent: string;
  timeoutMs: number;
  /** Without asking for the version first, which starts a process twice. */
  handshake: boolean;
};

/** A message longer than this ends the connection. */
const MAX_MESSAGE = 20_000_000;
const MAX_LINE = 2_000;

/** A client that is connected, of either era of the protocol. Rejects when nobody answers. */
export async function openClient(
  connection: McpConnection,
  { id, userAgent, timeoutMs, handshake }: OpenClientOptions,
): Promise<McpClient> {
  const { Client } = await import('@modelcontextprotocol/client');
  const [name = 'mcp-server', version = '0.0.0'] = userAgent.split('/');
  // No capabilities: what it asks of callers (sampling, elicitation, roots) is refused.
  const client = new Client(
    { name, version },
    {
      versionNegotiation: { mode: handshake ? 'legacy' : 'auto' },
      inputRequired: { autoFulfill: false },
    },
  );
  client.onerror = (error) => log.debug('upstream', { upstream: id, error: error.message });
  const transport = await transportTo(connection, id);
  try {
    await client.connect(transport, { timeout: timeoutMs });
    return client;
  } catch (error) {
    // A process that was started must not outlive the attempt.
    await transport.close().catch(() => {});
    throw error;
  }
}

async function transportTo(connection: McpConnection, id: string) {
  if (connection.type === 'http') {
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
    return new StreamableHTTPClientTransport(new URL(connection.url), {
      requestInit: { headers: connection.headers ?? {} },
      redirectPolicy: 'same-origin',
    });
  }
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const [command = '', ...args] = connection.command;
  const transport = new StdioClientTransport({
    command,
    args,
    env: environment(connection.env),
    stderr: 'pipe',
    maxBufferSize: MAX_MESSAGE,
  });
  logLines(transport.stderr, id);
  return transport;
}

/** What is named, and PATH and HOME; the client adds others, which are taken away again. */
function environment(named: Record<string, string> = {}): Record<string, string> {
  const hidden: Record<string, string | undefined> = {
    LOGNAME: undefined,
    SHELL: undefined,
    TERM: undefined,
    USER: undefined,
  };
  return { ...hidden, ...named } as Record<string, string>;
}

function logLines(stream: unknown, upstream: string): void {
  const readable = stream as NodeJS.ReadableStream | null;
  let rest = '';
  readable?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) {
      if (line.trim() !== '')
        log.info('upstream says', { upstream, line: line.slice(0, MAX_LINE) });
    }
  });
}
