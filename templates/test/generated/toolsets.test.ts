import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { Client } from '@modelcontextprotocol/client';
import { server } from '../../src/generated/server.js';
import { toolsets } from '../../src/generated/toolsets.js';
import { comingAndGoing } from './examples.js';
import { connectOverHttp, connectOverStdio, VERSIONS } from './support/clients.js';

type Listed = { name: string; off?: string[]; scopes?: string[] };

const file = new URL('../../../mcp.tools.json', import.meta.url);
const { tools } = JSON.parse(await readFile(file, 'utf8')) as { tools: Listed[] };
const shown = ({ off: _, scopes: __, ...tool }: Listed) => tool;
const all = tools.map(shown);
const stays = ({ name }: { name: string }) => !comingAndGoing.includes(name);
const on = tools.filter(({ off }) => off === undefined).map(shown);

for (const version of VERSIONS) {
  if (server.transports.includes('stdio')) {
    describe(`toolsets over stdio (${version})`, () => {
      it('tools of a set that is off are neither listed nor called, until it is switched on', async () => {
        const { client, close } = await connectOverStdio(version);
        try {
          const [first] = toolsets.filter(({ enabled }) => !enabled);
          assert.deepEqual(await listed(client), on.filter(stays));
          for (const name of first?.tools.filter((tool) => !on.some((one) => one.name === tool)) ??
            []) {
            const { isError } = await client.callTool({ name, arguments: {} });
            assert.equal(isError, true);
          }
          const enable = toolsets.map(({ name }) => name);
          await client.callTool({ name: 'toolsets', arguments: { enable } });
          assert.deepEqual(await listed(client), all.filter(stays));
        } finally {
          await close();
        }
      });
    });
  }
  if (server.transports.includes('http')) {
    it(`tools/list over HTTP, with all sets on, is what mcp.tools.json says (${version})`, async () => {
      const { client, close } = await connectOverHttp(version);
      try {
        assert.deepEqual((await client.listTools()).tools, all);
      } finally {
        await close();
      }
    });
  }
}

/** Without the tool that switches, and without those that come and go. */
async function listed(client: Client) {
  const { tools: found } = await client.listTools();
  assert.equal(found.at(-1)?.name, 'toolsets');
  return found.slice(0, -1).filter(stays);
}
