import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectStdio, type AnyClient } from '../support/emitted-server.js';
import { lintToolList } from '../../bench/support/lint-tool-list.mjs';
import { answerCases } from './cases/answers.js';
import { bodyCases } from './cases/bodies.js';
import { credentialCases, SECRETS, tokenRequest } from './cases/credentials.js';
import { openApi32Cases } from './cases/openapi-32.js';
import { parameterCases } from './cases/parameters.js';
import { swaggerCases } from './cases/swagger.js';
import { startRecorder, type Recorder } from './recorder.js';
import { comparable, wanted, type WantedRequest, type WireCase } from './wire-case.js';

const TABLES = {
  parameters: parameterCases,
  bodies: bodyCases,
  credentials: credentialCases,
  answers: answerCases,
  'OpenAPI 3.2': openApi32Cases,
  'Swagger 2.0': swaggerCases,
};

/** Small enough that a test need not send ten million bytes. */
const MAX_RESPONSE_BYTES = 3_000_000;

let project: EmittedProject;
let recorder: Recorder;
/** Another origin: a server of one operation's own. */
let other: Recorder;
let client: AnyClient;

beforeAll(async () => {
  project = await emitProject({
    name: 'wire',
    documents: {
      wire: 'fixtures/wire/openapi.yaml',
      old: 'fixtures/wire/swagger.yaml',
      new: 'fixtures/wire/openapi-32.yaml',
    },
  });
  recorder = await startRecorder();
  other = await startRecorder();
  ({ client } = await connectStdio(project, 'v2 on 2026-07-28', {
    ...SECRETS,
    WIRE_SERVER_PORT: String(recorder.port),
    WIRE_SERVER_VERSION: 'v2',
    WIRE_FILES_WIRE_EXAMPLE_BASE_URL: `${other.origin}/files-api/`,
    WIRE_MACHINE_TOKEN_URL: `${recorder.origin}/token`,
    OLD_BASE_URL: `${recorder.origin}/old`,
    NEW_BASE_URL: `${recorder.origin}/new`,
    UPSTREAM_MAX_RESPONSE_BYTES: String(MAX_RESPONSE_BYTES),
  }));
}, 120_000);

afterAll(async () => {
  await client?.close();
  await recorder?.close();
  await other?.close();
  await project?.remove();
});

beforeEach(() => {
  for (const { take, answerWith } of [recorder, other]) {
    take();
    answerWith([]);
  }
});

async function expectRequests(want: WantedRequest | WantedRequest[], from = recorder) {
  const wants = [want].flat();
  const arrived = from.take().map((request, index) => comparable(request, wants[index]));
  expect(arrived).toEqual(wants.map(wanted));
}

describe.each(Object.entries(TABLES))('%s', (_, cases) => {
  test.each(cases)('$title', async ({ tool, args = {}, want, answers, result }: WireCase) => {
    recorder.answerWith(answers ?? []);
    const got = await client.callTool({ name: tool, arguments: args });
    await expectRequests(want);
    if (result === undefined) expect(got.isError, JSON.stringify(got.content)).toBeUndefined();
    else expect(got).toMatchObject(result);
  });
});

describe('beyond one request', () => {
  test('an access token is fetched once and used again', async () => {
    for (const _ of [1, 2]) await client.callTool({ name: 'authClient' });
    const read = {
      method: 'GET',
      target: '/v2/auth/client',
      headers: { authorization: 'Bearer token-1' },
    };
    await expectRequests([tokenRequest('read%3Aall'), read, read]);
  });

  test('an operation with a server of its own goes there', async () => {
    await client.callTool({ name: 'otherServer', arguments: { name: 'a/b.txt' } });
    await expectRequests([], recorder);
    await expectRequests({ method: 'GET', target: '/files-api/files/a%2Fb.txt' }, other);
  });

  test('a redirect to another origin is refused, and says where it went', async () => {
    recorder.answerWith([{ status: 302, headers: { location: `${other.origin}/steal?x=1` } }]);
    const result = await client.callTool({ name: 'authKeyHeader' });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain(other.origin);
    expect(recorder.take()).toHaveLength(1);
    expect(other.take()).toEqual([]);
  });

  test('a megabyte is cut, with a mark that says so', async () => {
    const body = JSON.stringify({ id: 1, name: 'x'.repeat(1_000_000) });
    recorder.answerWith([{ headers: { 'content-type': 'application/json' }, body }]);
    const result = await client.callTool({ name: 'answerJson' });
    const [content] = result.content as { text: string }[];
    expect(result.isError).toBeUndefined();
    expect(JSON.stringify(result).length).toBeLessThan(110_000);
    expect(content?.text.startsWith('{"id":1,"name":"xxx')).toBe(true);
    expect(content?.text.slice(-200)).toMatch(/\[Cut: .*of 1000018 characters/);
  });

  test('a stream without end is cut, and its connection closed', async () => {
    recorder.answerWith([
      { headers: { 'content-type': 'text/event-stream' }, endless: 'data: {"tick":1}\n\n' },
    ]);
    const result = await client.callTool({ name: 'answerStream' });
    const [content] = result.content as { text: string }[];
    expect(content?.text.startsWith('data: {"tick":1}\n\ndata: {"tick":1}\n\n')).toBe(true);
    expect(content?.text.slice(-200)).toContain('[Cut: the limit was reached.');
    expect(content?.text.length).toBeLessThan(101_000);
    await recorder.cutOff();
  });

  test('no client has a reason to refuse the list', async () => {
    const { tools } = await client.listTools();
    expect(tools.length).toBe(project.blueprint.tools.length);
    expect(lintToolList(tools)).toEqual([]);
  });

  test('the project type-checks, its tests included', async () => {
    expect(await project.typecheck()).toBe('');
  }, 60_000);
});
