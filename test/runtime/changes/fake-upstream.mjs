// An MCP server of both eras over stdio: `node fake-upstream.mjs <folder>`. Files in the folder say what it does: `down` ends it,
// `updated` holds a URI to be told of, `suffix` what stands behind descriptions.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const [folder = ''] = process.argv.slice(2);
const note = (line) => appendFileSync(join(folder, 'log'), `${line}\n`);
const told = (name) => existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8');

if (told('down') !== false) process.exit(1);

process.stdin.on('end', () => process.exit(0));
serveStdio(({ era }) => {
  const mcp = new McpServer({ name: 'fake', version: '1.0.0' });
  const { server } = mcp;
  server.registerCapabilities({ tools: { listChanged: true }, resources: { subscribe: true } });
  server.setRequestHandler('tools/list', () => ({
    tools: [
      {
        name: 'echo',
        description: `Echoes${told('suffix') || ''}`,
        inputSchema: { type: 'object' },
      },
    ],
  }));
  server.setRequestHandler('tools/call', () => ({ content: [{ type: 'text', text: 'echoed' }] }));
  server.setRequestHandler('resources/list', () => ({
    resources: [
      { uri: 'fake://one', name: 'one' },
      { uri: 'fake://two', name: 'two' },
    ],
  }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }));
  server.setRequestHandler('resources/read', ({ params: { uri } }) => ({
    contents: [{ uri, text: 'text' }],
  }));
  if (era === 'legacy') {
    for (const method of ['resources/subscribe', 'resources/unsubscribe']) {
      server.setRequestHandler(method, ({ params: { uri } }) => {
        note(`${method} ${uri}`);
        return {};
      });
    }
  }
  let last = told('updated');
  let suffix = told('suffix');
  setInterval(() => {
    if (told('down') !== false) process.exit(1);
    const now = told('updated');
    if (now !== last && now) server.sendResourceUpdated({ uri: now.trim() }).catch(() => {});
    last = now;
    if (told('suffix') !== suffix) server.sendToolListChanged().catch(() => {});
    suffix = told('suffix');
  }, 20);
  return mcp;
});
