// The whole way in one go: scaffolds a server from the bundled document, installs and builds it, starts a small local upstream,
// connects an MCP client over stdio, lists the tools, calls some, and prints what came back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startDemoUpstream } from './demo-upstream.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'create-mcp-server-demo-'));
const project = join(folder, 'pet-shop');

const CALLS = [
  ['listPets', { species: 'cat', limit: 2 }],
  ['addPet', { name: 'Ada', species: 'dog' }],
  ['getPet', { petId: 404 }],
  ['addPet', { name: 'Ada', species: 'dragon' }],
];

function run(title, command, args, cwd) {
  console.log(`\n$ ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${title} ended with exit code ${status}`);
}

function show(result) {
  const text = result.content.map((part) => part.text ?? `(${part.type})`).join('\n');
  const shown = text.length > 600 ? `${text.slice(0, 600)}…` : text;
  return shown.replaceAll(/^/gm, result.isError ? '  ! ' : '  < ');
}

async function talk(upstream) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(project, 'dist/main.js')],
    stderr: 'ignore',
    env: {
      ...process.env,
      PET_SHOP_BASE_URL: upstream.url,
      PET_SHOP_API_KEY: 'demo',
      PET_SHOP_STAFF_TOKEN: 'demo',
    },
  });
  const client = new Client(
    { name: 'demo', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(transport);
  const { tools } = await client.listTools();
  console.log(`\ntools/list: ${tools.length} tools`);
  for (const { name, title } of tools) console.log(`  ${name.padEnd(20)} ${title}`);
  for (const [name, args] of CALLS) {
    console.log(`\ntools/call ${name} ${JSON.stringify(args)}`);
    console.log(show(await client.callTool({ name, arguments: args })));
  }
  await client.close();
}

const upstream = await startDemoUpstream();
try {
  const cli = join(root, 'bin/create-mcp-server.js');
  const document = join(root, 'fixtures/petstore/openapi.yaml');
  run(
    'create-mcp-server fixtures/petstore/openapi.yaml pet-shop',
    process.execPath,
    [cli, document, project, '--yes', '--no-install'],
    root,
  );
  run('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], project);
  run('npm run build', 'npm', ['run', '--silent', 'build'], project);
  await talk(upstream);
  console.log(
    '\nThat was a real client over stdio. Make your own: node bin/create-mcp-server.js ./openapi.yaml my-server',
  );
} catch (error) {
  console.error(`\nthe demo did not finish: ${error.message}`);
  process.exitCode = 1;
} finally {
  await upstream.close();
  rmSync(folder, { recursive: true, force: true });
}
