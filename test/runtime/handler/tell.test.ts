import { afterEach, describe, expect, it } from 'vitest';
import { setRedactor } from '../../../templates/src/runtime/log.js';
import { clientOf, connect, serverOf, toolOf, VERSIONS, type Version } from './support.js';

const work = toolOf('work', async (_args, { tell, callTool }) => {
  tell('info', 'begun', { left: 2, key: 's3cret' });
  tell('error', 'went wrong with s3cret');
  await callTool('part');
  return 'done';
});
const part = toolOf('part', (_args, { tell }) => tell('warning', 'a part is done'));

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  setRedactor((text) => text);
  for (const close of cleanUp.splice(0)) await close();
});

/** What a client gets that wants messages from this level on; undefined says nothing of levels. */
async function messages(
  version: Version,
  transport: 'stdio' | 'http',
  level?: 'debug' | 'warning',
): Promise<unknown[]> {
  const client = clientOf(version);
  const got: unknown[] = [];
  client.setNotificationHandler('notifications/message', ({ params }) => void got.push(params));
  cleanUp.push(await connect(client, serverOf([work, part]), transport));
  const modern = version === '2026-07-28';
  if (!modern && level !== undefined) await client.setLoggingLevel(level);
  const _meta = { 'io.modelcontextprotocol/logLevel': level };
  await client.callTool({
    ...{ name: 'work', arguments: {} },
    ...(modern && level !== undefined && { _meta }),
  });
  return got;
}

const BEGUN = { level: 'info', logger: 'work', data: { message: 'begun', left: 2, key: '***' } };
const WRONG = { level: 'error', logger: 'work', data: 'went wrong with ***' };
const PART = { level: 'warning', logger: 'work', data: 'a part is done' };

describe.each(VERSIONS)('a client of %s', (version) => {
  it.each(['stdio', 'http'] as const)('gets over %s what it asked for', async (transport) => {
    setRedactor((text) => text.replaceAll('s3cret', '***'));
    expect(await messages(version, transport, 'debug')).toEqual([BEGUN, WRONG, PART]);
    // Without sessions nothing is known of the level that another request asked for.
    if (version === '2026-07-28' || transport === 'stdio')
      expect(await messages(version, transport, 'warning')).toEqual([WRONG, PART]);
  });
});

it('clients of 2026-07-28 who do not ask get nothing', async () => {
  expect(await messages('2026-07-28', 'http')).toEqual([]);
});

it('only servers with handlers say that they tell something', async () => {
  const capabilities = async (tools: Parameters<typeof serverOf>[0]) => {
    const client = clientOf('2026-07-28');
    cleanUp.push(await connect(client, serverOf(tools), 'stdio'));
    return client.getServerCapabilities()?.logging;
  };
  const { handler: _, ...plain } = part;
  expect([await capabilities([part]), await capabilities([plain as never])]).toEqual([
    {},
    undefined,
  ]);
});
