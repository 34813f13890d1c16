// The smallest MCP server of the SDK, with one tool: `node echo-server.mjs --stdio`, or `--http`, which prints its address.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

function makeServer() {
  const server = new McpServer({ name: 'echo', version: '1.0.0' });
  const config = { description: 'Says it again.', inputSchema: z.object({ text: z.string() }) };
  server.registerTool('echo', config, ({ text }) => ({ content: [{ type: 'text', text }] }));
  return server;
}

if (process.argv.includes('--http')) {
  const listener = createServer(toNodeHandler(createMcpHandler(makeServer)));
  listener.listen(0, '127.0.0.1', () => {
    process.stderr.write(`url="http://127.0.0.1:${listener.address().port}/mcp"\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
} else {
  serveStdio(makeServer);
}
