// An MCP server by hand (2025-11-25, stdio): `node scales-server.mjs <log>`. Jar 2 is broken, and jar 9 is never weighed.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [log] = process.argv.slice(2);
const note = (line) => log && appendFileSync(log, `${line}\n`);
const send = (message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

const WEIGH = {
  name: 'weigh',
  description: 'Weighs a jar.',
  annotations: { readOnlyHint: true },
  inputSchema: {
    type: 'object',
    properties: { jar: { type: 'integer' } },
    required: ['jar'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: { grams: { type: 'integer' } },
    required: ['grams'],
  },
};
const running = new Map();

function weigh(id, jar) {
  running.set(id, jar);
  note(`${jar} begins as one of ${running.size}`);
  if (jar === 9) return;
  setTimeout(() => {
    running.delete(id);
    const data = { grams: jar * 100 };
    const result =
      jar === 2
        ? { content: [{ type: 'text', text: 'jar 2 is broken' }], isError: true }
        : { content: [{ type: 'text', text: JSON.stringify(data) }], structuredContent: data };
    send({ id, result });
  }, 100);
}

const answers = {
  initialize: () => ({
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'scales', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools: [WEIGH] }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'notifications/cancelled') {
    note(`${running.get(params.requestId)} is cancelled`);
    running.delete(params.requestId);
  }
  if (id === undefined) return;
  if (method === 'tools/call') return weigh(id, params.arguments.jar);
  const answer = answers[method];
  if (answer) send({ id, result: answer() });
  else send({ id, error: { code: -32601, message: 'Method not found' } });
});
