import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { server } from '../../../src/generated/server.js';
import { tools } from '../../../src/generated/tools/index.js';
import { createCatalogue } from '../../../src/runtime/catalogue.js';
import { createServerFactory } from '../../../src/runtime/serve/create-server.js';
import { listenHttp } from '../../../src/runtime/serve/serve-http.js';

/** Versions of the protocol that both sides must agree on. */
export const VERSIONS = ['2026-07-28', '2025-11-25'] as const;

type Version = (typeof VERSIONS)[number];

/** A connected client, and how to end it together with its server. */
export type Connection = { client: Client; close: () => Promise<void> };

/** The server as clients start it: a process that speaks on stdin and stdout. */
export async function connectOverStdio(version: Version): Promise<Connection> {
  const client = newClient(version);
  const main = fileURLToPath(new URL('../../../src/main.js', import.meta.url));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [main, '--stdio'],
    stderr: 'ignore',
    env: { MISSING_SETTINGS: 'warn' },
  });
  await client.connect(transport);
  return { client, close: () => client.close() };
}

/** The HTTP server in this process, on a port of the system's choice. */
export async function connectOverHttp(version: Version): Promise<Connection> {
  const factory = createServerFactory(server, createCatalogue(tools), () => {
    throw new Error('no tool is called here');
  });
  const listener = await listenHttp({
    factory,
    env: {},
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 1_000_000,
  });
  const client = newClient(version);
  await client.connect(new StreamableHTTPClientTransport(new URL(listener.url)));
  return {
    client,
    close: async () => {
      await client.close();
      await listener.close(1_000);
    },
  };
}

function newClient(version: Version): Client {
  const identity = { name: 'test', version: '1.0.0' };
  if (version === '2025-11-25') return new Client(identity);
  return new Client(identity, { versionNegotiation: { mode: { pin: version } } });
}
