// What the protocol alone costs: a server of nothing but the SDK whose tools give back a result that is known already.
//   node constant-server.mjs <file of results by tool, JSON> (--stdio | --http)
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const validate = (params) => ({ value: params });
const AS_SENT = { '~standard': { version: 1, vendor: 'bench', validate } };

function factory() {
  const { server } = new McpServer({ name: 'constant', version: '1.0.0' });
  server.registerCapabilities({ tools: {} });
  server.setRequestHandler('tools/call', { params: AS_SENT }, ({ name }) => results[name]);
  return server;
}

if (process.argv[3] === '--stdio') serveStdio(factory);
else {
  const answer = toNodeHandler(createMcpHandler(factory));
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1', () => {
    process.stderr.write(`http://127.0.0.1:${server.address().port}/mcp\n`);
  });
  process.on('SIGTERM', () => process.exit(0));
}
