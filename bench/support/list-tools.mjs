import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioClientTransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js';

const info = { name: 'corpus', version: '1.0.0' };

/** What a client of the current protocol and one of the first SDK get from tools/list of the server at `main`, over stdio. */
export async function listTools(main, cwd) {
  const spawn = { command: process.execPath, args: [main], cwd, stderr: 'ignore' };
  return [
    await list(
      '2026-07-28',
      new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
      new StdioClientTransport(spawn),
    ),
    await list('v1', new ClientV1(info), new StdioClientTransportV1(spawn)),
  ];
}

async function list(client, connection, transport) {
  try {
    await connection.connect(transport);
    const { tools } = await connection.listTools();
    return { client, tools };
  } catch (error) {
    return { client, error: String(error?.message ?? error).slice(0, 200), tools: [] };
  } finally {
    await connection.close().catch(() => {});
  }
}
