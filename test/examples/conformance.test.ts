import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startHttp } from '../support/emitted-server.js';
import { makeExample, type Example } from './example.js';

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';
const WHERE = [
  [MODERN, 'stdio'],
  [MODERN, 'http'],
  [LEGACY, 'stdio'],
  [LEGACY, 'http'],
] as const;

let example: Example;
beforeAll(async () => {
  example = await makeExample('conformance', 'fixtures');
});
afterAll(() => example?.remove());

/** A client whose user and model answer, with a server of its own; and what it was told meanwhile. */
async function connect(version: string, transport: 'stdio' | 'http') {
  const capabilities = { elicitation: {}, sampling: {}, roots: {} };
  const pin = { versionNegotiation: { mode: { pin: MODERN } } } as const;
  const client = new Client(
    { name: 'test', version: '0' },
    { capabilities, ...(version === MODERN && pin) },
  );
  const told: unknown[] = [];
  client.setNotificationHandler(
    'notifications/message',
    ({ params }) => void told.push(params.data),
  );
  client.setRequestHandler('elicitation/create', ({ params }) => {
    const { properties = {} } = 'requestedSchema' in params ? params.requestedSchema : {};
    const content = Object.entries(properties).map(([name, field]) => [name, filledIn(field)]);
    return { action: 'accept', content: Object.fromEntries(content) };
  });
  client.setRequestHandler('sampling/createMessage', () => ({
    ...{ role: 'assistant' as const, model: 'm' },
    content: { type: 'text' as const, text: 'Paris' },
  }));
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///work' }] }));
  if (transport === 'stdio') {
    const env = { PATH: process.env['PATH'] ?? '' };
    const { main, root } = example;
    const command = { command: process.execPath, args: [main, '--stdio'], cwd: root, env };
    await client.connect(new StdioClientTransport({ ...command, stderr: 'ignore' }));
    return { client, told, close: () => client.close() };
  }
  const server = await startHttp(example);
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  const close = async () => {
    await client.close();
    await server.stop();
  };
  return { client, told, close };
}

/** What was filled in before, else something of the type. */
function filledIn(field: { type: string; default?: unknown; enum?: unknown; oneOf?: unknown }) {
  if (field.default !== undefined) return field.default;
  if (Array.isArray(field.enum)) return field.enum[0];
  if (Array.isArray(field.oneOf)) return field.oneOf[0].const;
  return { string: 'Ada', integer: 7, number: 7, boolean: true, array: [] }[field.type];
}

const text = (text: string) => ({ type: 'text', text });
const PIXEL = {
  type: 'image',
  mimeType: 'image/png',
  data: expect.stringMatching(/^iVBORw0KGgo/),
};

/** What each tool answers. */
const ANSWERS: [name: string, args: Record<string, unknown>, content: unknown[]][] = [
  ['test_simple_text', {}, [text('This is a simple text response for testing.')]],
  ['test_image_content', {}, [PIXEL]],
  [
    'test_audio_content',
    {},
    [{ type: 'audio', mimeType: 'audio/wav', data: expect.stringMatching(/^UklGR/) }],
  ],
  [
    'test_embedded_resource',
    {},
    [
      {
        type: 'resource',
        resource: {
          uri: 'test://embedded-resource',
          mimeType: 'text/plain',
          text: 'This is an embedded resource content.',
        },
      },
    ],
  ],
  [
    'test_multiple_content_types',
    {},
    [
      text('Multiple content types test:'),
      PIXEL,
      {
        type: 'resource',
        resource: {
          uri: 'test://mixed-content-resource',
          mimeType: 'application/json',
          text: '{"test":"data","value":123}',
        },
      },
    ],
  ],
  ['test_sampling', { prompt: 'Where?' }, [text('LLM response: Paris')]],
  [
    'test_elicitation',
    { message: 'Who?' },
    [text('User response: {"action":"accept","content":{"username":"Ada","email":"Ada"}}')],
  ],
  [
    'test_elicitation_sep1034_defaults',
    {},
    [
      text(
        'Elicitation completed: action=accept, content=' +
          '{"name":"John Doe","age":30,"score":95.5,"status":"active","verified":true}',
      ),
    ],
  ],
  [
    'test_elicitation_sep1330_enums',
    {},
    [
      text(
        'Elicitation completed: action=accept, content={"untitledSingle":"option1",' +
          '"titledSingle":"value1","legacyEnum":"opt1","untitledMulti":[],"titledMulti":[]}',
      ),
    ],
  ],
  ['test_streaming_elicitation', {}, [text('The user said: accept')]],
  ['test_input_required_result_elicitation', {}, [text('Hello, Ada!')]],
  ['test_input_required_result_sampling', {}, [text('Paris')]],
  ['test_input_required_result_list_roots', {}, [text('Roots: file:///work')]],
  ['test_input_required_result_request_state', {}, [text('state-ok')]],
  [
    'test_input_required_result_multiple_inputs',
    {},
    [text('{"name":"Ada","greeting":"Paris","roots":["file:///work"]}')],
  ],
  ['test_input_required_result_multi_round', {}, [text('Ada likes Ada')]],
  ['test_input_required_result_tampered_state', {}, [text('The user said: accept')]],
  ['test_input_required_result_capabilities', {}, [text('{"user":true,"model":true}')]],
  ['json_schema_2020_12_tool', { email: 'a@b.c' }, [text('{"email":"a@b.c"}')]],
  ['test_header_parameter', { region: 'north' }, [text('Region: north')]],
  ['test_reconnection', {}, [text('It is done.')]],
];

it('the tests of its project pass', { timeout: 180_000 }, async () => {
  expect((await example.ownTests()).failures).toEqual([]);
});

describe.each(WHERE)('the server of the conformance fixtures, %s over %s', (version, transport) => {
  it('answers what the suite calls, reads and gets', async () => {
    const { client, told, close } = await connect(version, transport);
    try {
      await client.listTools();
      for (const [name, args, content] of ANSWERS) {
        const result = await client.callTool({ name, arguments: args });
        expect([name, result.content]).toEqual([name, content]);
      }
      expect(await client.callTool({ name: 'test_error_handling', arguments: {} })).toMatchObject({
        isError: true,
        content: [text('This tool intentionally returns an error for testing')],
      });

      // Neither of those of which one is needed: the combinators at the root decide, too.
      const neither = { name: 'json_schema_2020_12_tool', arguments: { name: 'Ada' } };
      expect(await client.callTool(neither)).toMatchObject({ isError: true });

      const reports: unknown[] = [];
      await client.callTool(
        { name: 'test_tool_with_progress', arguments: {} },
        { onprogress: ({ progress, total }) => void reports.push([progress, total]) },
      );
      expect(reports).toEqual([
        [0, 100],
        [50, 100],
        [100, 100],
      ]);
      const wanted = { 'io.modelcontextprotocol/logLevel': 'info' };
      await client.callTool({
        ...{ name: 'test_tool_with_logging', arguments: {} },
        ...(version === MODERN && { _meta: wanted }),
      });
      expect(told).toEqual([
        'Tool execution started',
        'Tool processing data',
        'Tool execution completed',
      ]);

      const read = async (uri: string) => (await client.readResource({ uri })).contents;
      expect(await read('test://static-text')).toEqual([
        {
          uri: 'test://static-text',
          mimeType: 'text/plain',
          text: 'This is the content of the static text resource.',
        },
      ]);
      expect(await read('test://static-binary')).toMatchObject([
        { mimeType: 'image/png', blob: PIXEL.data },
      ]);
      expect(await read('test://template/1%202/data')).toMatchObject([
        { text: '{"id":"1 2","templateTest":true,"data":"Data for ID: 1 2"}' },
      ]);

      const get = async (name: string, args?: Record<string, string>) =>
        (await client.getPrompt({ name, ...(args && { arguments: args }) })).messages;
      const user = (content: unknown) => ({ role: 'user', content });
      expect(await get('test_simple_prompt')).toEqual([
        user(text('This is a simple prompt for testing.')),
      ]);
      expect(await get('test_prompt_with_arguments', { arg1: 'a', arg2: 'b' })).toEqual([
        user(text("Prompt with arguments: arg1='a', arg2='b'")),
      ]);
      const resourceUri = 'test://example-resource';
      expect(await get('test_prompt_with_embedded_resource', { resourceUri })).toMatchObject([
        user({ resource: { uri: resourceUri, text: 'Embedded resource content for testing.' } }),
        user(text('Please process the embedded resource above.')),
      ]);
      expect(await get('test_prompt_with_image')).toEqual([
        user(PIXEL),
        user(text('Please analyze the image above.')),
      ]);
      expect(await get('test_input_required_result_prompt')).toEqual([
        user(text('Answer in this context: Ada')),
      ]);
      const ref = { type: 'ref/prompt', name: 'test_prompt_with_arguments' } as const;
      const { completion } = await client.complete({
        ref,
        argument: { name: 'arg1', value: 'te' },
      });
      expect(completion.values).toEqual(['test', 'testValue1']);
    } finally {
      await close();
    }
  });
});
