import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readAllowLists } from '../../../templates/src/runtime/serve/allow-lists.js';
import { createHttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import { listenStdio } from '../../../templates/src/runtime/serve/serve-stdio.js';
import { makeFactory, mcpRequest } from './support.js';

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';

/** A call as text: what JSON.stringify would not write. The tool takes any arguments. */
function callText(args: string, version: string): string {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const metaText = version === MODERN ? `,"_meta":${JSON.stringify(meta)}` : '';
  return `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add_pet","arguments":${args}${metaText}}}`;
}

async function overHttp(args: string, version: string): Promise<string> {
  const app = createHttpApp({
    factory: makeFactory(),
    allow: readAllowLists({}, '127.0.0.1'),
    maxBodyBytes: 1_000_000,
  });
  const response = await app.fetch(
    mcpRequest(callText(args, version), {
      'mcp-protocol-version': version,
      'mcp-method': 'tools/call',
      'mcp-name': 'add_pet',
    }),
  );
  const text = await response.text();
  await app.close();
  return text;
}

async function overStdio(args: string, version: string): Promise<string> {
  const input = new PassThrough();
  const output = new PassThrough();
  const listener = listenStdio({
    factory: makeFactory(),
    input,
    output,
    maxMessageBytes: 1e6,
    graceMs: 5_000,
  });
  let written = '';
  output.on('data', (chunk: Buffer) => (written += String(chunk)));
  if (version === LEGACY) {
    const params = {
      protocolVersion: LEGACY,
      capabilities: {},
      clientInfo: { name: 't', version: '0' },
    };
    const initialize = { jsonrpc: '2.0', id: 1, method: 'initialize', params };
    input.write(`${JSON.stringify(initialize)}\n`);
    await expect.poll(() => written).toContain('"id":1');
    input.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  }
  input.write(`${callText(args, version)}\n`);
  await expect.poll(() => written).toContain('"id":7');
  await listener.close(100);
  return written.split('\n').find((line) => line.includes('"id":7')) ?? '';
}

const REFUSED = [
  ['{"__proto__":{"a":1}}', '- /__proto__: this name is not allowed'],
  ['{"name":"x","__proto__":null}', '- /__proto__: this name is not allowed'],
  ['{"\\u005f_proto__":1}', '- /__proto__: this name is not allowed'],
  ['{"constructor":{}}', '- /constructor: this name is not allowed'],
  ['{"name":{"__proto__":1}}', '- /name/__proto__: this name is not allowed'],
] as const;

describe.each([
  ['stdio', overStdio],
  ['http', overHttp],
] as const)('S14 raw JSON over %s', (_, send) => {
  describe.each([MODERN, LEGACY])('in %s', (version) => {
    test.each(REFUSED)('S14 %s is refused', async (args, line) => {
      const answer = await send(args, version);
      expect(answer).toContain(`Invalid arguments for add_pet:\\n${line}"`);
      expect(answer).toContain('"isError":true');
    });

    test('arguments arrive as they were sent', async () => {
      const answer = await send('{"name":"Ada","more":[1,{"x":null}]}', version);
      expect(answer).toContain(
        JSON.stringify('add_pet {"name":"Ada","more":[1,{"x":null}]}').slice(1, -1),
      );
    });

    test('arguments that are no object are an error of the protocol', async () => {
      expect(await send('["a"]', version)).toMatch(/"error":\{"code":-32\d{3}/);
    });
  });
});
