// An MCP server by hand (2025-11-25, stdio): `node fake-server.mjs <folder>`. What it lists and does is told by files in the folder.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [folder] = process.argv.slice(2);
const told = (name) => {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const note = (line) => appendFileSync(join(folder, 'log'), `${line}\n`);
const send = (message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (value) => ({ content: [{ type: 'text', text: value }] });
const waiting = new Map();

note(`start ${process.pid} ${Object.keys(process.env).sort().join(',')}`);
process.stderr.write('the fake server is up\n');
if (told('broken') !== '') process.exit(1);

const schema = { type: 'object', properties: { text: { type: 'string' } } };
const names = [
  'echo',
  'hang',
  'crash',
  'crash_read',
  'steps',
  'hostile',
  'huge',
  'huge_data',
  'sample',
];

function listTools() {
  return names
    .filter((name) => !told('gone').includes(name))
    .map((name) => ({
      name,
      description: `Does ${name}.${told('suffix')}`,
      inputSchema: told('schema') === '' ? schema : JSON.parse(told('schema')),
      ...(name === 'crash_read' && { annotations: { readOnlyHint: true } }),
    }))
    .concat(told('more') === '' ? [] : [{ name: 'more', inputSchema: schema }]);
}

const tools = {
  echo: ({ args }) => text(`${told('who') || 'echo'}: ${JSON.stringify(args)}`),
  hang: () => undefined,
  crash: () => process.exit(1),
  crash_read: () => (told('log').match(/^start/gm).length > 1 ? text('survived') : process.exit(1)),
  // With pauses: clients may take what comes together with the result for late.
  steps: ({ id, token }) => {
    const say = (progress, message) =>
      send({
        method: 'notifications/progress',
        params: { progressToken: token, total: 2, progress, ...(message && { message }) },
      });
    say(1, 'ha\u200blf');
    setTimeout(() => say(2), 50);
    setTimeout(() => send({ id, result: text('done') }), 100);
  },
  hostile: () => ({
    content: [
      { type: 'text', text: 'a\u200b\u{e0041}b' },
      { type: 'resource', resource: { uri: 'fake://x', text: 'c\u202ed' } },
      { type: 'resource_link', uri: 'fake://y', name: 'y\u200b' },
    ],
    structuredContent: { 'k\u200b': 'v\u200b' },
    _meta: { 'example.com/x': 1 },
  }),
  huge: () => text('x'.repeat(300_000)),
  huge_data: () => ({ ...text('short'), structuredContent: { all: 'x'.repeat(300_000) } }),
  sample: ({ id }) => {
    waiting.set('ask', id);
    send({ id: 'ask', method: 'sampling/createMessage', params: { messages: [], maxTokens: 1 } });
  },
};

const methods = {
  initialize: ({ params }) => ({
    protocolVersion: params.protocolVersion,
    capabilities: {
      ...(told('bare') === '' && { tools: { listChanged: true }, prompts: {} }),
      resources: {},
      completions: {},
    },
    serverInfo: { name: 'fake', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools: listTools() }),
  'resources/list': () => ({ resources: [{ uri: 'fake://one', name: 'one' }] }),
  'resources/templates/list': () => ({
    resourceTemplates: [{ uriTemplate: 'fake://item/{id}', name: 'item' }],
  }),
  'resources/read': ({ params: { uri } }) => ({ contents: [{ uri, text: `text of ${uri}` }] }),
  'prompts/list': () => ({
    prompts: [
      { name: 'greet', description: `Greets.${told('suffix')}`, arguments: [{ name: 'who' }] },
    ],
  }),
  'prompts/get': ({ params }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `Hello ${params.arguments.who}` } }],
  }),
  'completion/complete': ({ params }) => ({
    completion: { values: [`${params.argument.value}1`, `${params.argument.value}2`] },
  }),
  'tools/call': ({ id, params }) =>
    tools[params.name]({ id, args: params.arguments, token: params._meta?.progressToken }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const message = JSON.parse(line);
  const { id, method, params } = message;
  if (method === 'notifications/cancelled') return note(`cancelled ${params.requestId}`);
  if (method === undefined) {
    const asked = waiting.get(id);
    if (asked !== undefined) send({ id: asked, result: text(`refused: ${message.error?.code}`) });
    return undefined;
  }
  if (id === undefined) return undefined;
  note(method === 'tools/call' ? `${method} ${params.name} ${id}` : method);
  // Everything that comes while it starts is answered later.
  if (told('slow') !== '' && method === 'initialize') return setTimeout(() => answer(message), 300);
  return answer(message);
});

function answer({ id, method, params }) {
  const handle = methods[method];
  if (handle === undefined) return send({ id, error: { code: -32601, message: 'no such method' } });
  const result = handle({ id, params });
  if (result !== undefined) send({ id, result });
}
