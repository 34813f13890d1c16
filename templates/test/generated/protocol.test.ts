import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { server } from '../../src/generated/server.js';
import { comingAndGoing } from './examples.js';
import { connectOverHttp, connectOverStdio, VERSIONS } from './support/clients.js';

const file = new URL('../../../mcp.tools.json', import.meta.url);
const { tools } = JSON.parse(await readFile(file, 'utf8')) as {
  tools: { name: string; scopes?: unknown }[];
};
// What a caller needs is not in the list.
const expected = tools.map(({ scopes: _, ...tool }) => tool);

const stays = ({ name }: { name: string }) => !comingAndGoing.includes(name);

const CONNECT = { stdio: connectOverStdio, http: connectOverHttp };

for (const transport of server.transports) {
  describe(`the protocol over ${transport}`, () => {
    for (const version of VERSIONS) {
      it(`tools/list is what mcp.tools.json says (${version})`, async () => {
        const { client, close } = await CONNECT[transport](version);
        try {
          assert.equal(client.getNegotiatedProtocolVersion(), version);
          assert.deepEqual((await client.listTools()).tools.filter(stays), expected.filter(stays));
        } finally {
          await close();
        }
      });
    }
  });
}
