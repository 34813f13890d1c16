import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server';

const question = inputRequired.elicit({
  message: 'Who are you?',
  requestedSchema: { type: 'object', properties: { name: { type: 'string' } } },
});
const prompt = inputRequired.createMessage({
  messages: [{ role: 'user', content: { type: 'text', text: 'Say a word.' } }],
  maxTokens: 10,
});
const TOOLS = {
  test_elicitation: question,
  test_elicitation_sep1034_defaults: question,
  test_elicitation_sep1330_enums: question,
  test_sampling: prompt,
};

/** A server of the SDK and nothing else, served as the SDK does both eras over HTTP: what it does not pass is not ours. */
export async function startPlainServer() {
  const handler = toNodeHandler(createMcpHandler(plainServer));
  const server = createServer((request, response) => void handler(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/mcp`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function plainServer() {
  const server = new McpServer(
    { name: 'plain', version: '0' },
    { capabilities: { resources: { subscribe: true } } },
  );
  const done = { content: [{ type: 'text', text: 'done' }] };
  for (const [name, input] of Object.entries(TOOLS)) {
    server.registerTool(name, {}, ({ mcpReq }) =>
      mcpReq.inputResponses ? done : inputRequired({ inputRequests: { input } }),
    );
  }
  server.registerTool('test_reconnection', {}, () => done);
  const uri = 'test://watched-resource';
  server.registerResource('watched', uri, {}, () => ({ contents: [{ uri, text: 'watched' }] }));
  return server;
}
