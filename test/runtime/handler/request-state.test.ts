import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRequestStates } from '../../../templates/src/runtime/input/request-states.js';
import { configureLog } from '../../../templates/src/runtime/log.js';
import { listen, post, serverOf, toolOf } from './support.js';

const FORM = { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] } as const;
const KEY = 'a key of thirty-two bytes or more';
const YES = { ok: { action: 'accept', content: { ok: true } } };

let price = 5;
const buy = toolOf('buy', async (_args, { ask }) => {
  const answer = await ask.user('ok', { message: `It costs ${price}.`, schema: FORM });
  return `${answer.action} for ${price}`;
});
const sell = toolOf('sell', buy.handler as never);

const cleanUp: (() => Promise<void>)[] = [];
beforeEach(() => {
  price = 5;
  configureLog({}, () => {});
});
afterEach(async () => {
  for (const close of cleanUp.splice(0)) await close();
});

async function start(env: Record<string, string> = {}): Promise<string> {
  const listener = await listen(serverOf([buy, sell], env));
  cleanUp.push(() => listener.close(100));
  return listener.url;
}

async function asked(url: string): Promise<string> {
  const { body } = await post(url, 'buy', {});
  expect(body.result).toMatchObject({
    resultType: 'input_required',
    inputRequests: { ok: { method: 'elicitation/create', params: { message: 'It costs 5.' } } },
  });
  return body.result!['requestState'] as string;
}

it('an answer counts for the call that asked and for what was asked', async () => {
  const url = await start();
  const requestState = await asked(url);
  const params = { inputResponses: YES, requestState };
  expect((await post(url, 'buy', params)).body.result).toMatchObject({
    content: [{ type: 'text', text: 'accept for 5' }],
  });
  expect(await post(url, 'sell', params)).toMatchObject({
    body: { error: { code: -32_602, message: 'requestState belongs to another call' } },
  });
  expect((await post(url, 'buy', { ...params, arguments: { n: 2 } })).body.error).toMatchObject({
    message: 'requestState belongs to another call',
  });
  price = 50;
  expect((await post(url, 'buy', params)).body.result).toMatchObject({
    inputRequests: { ok: { params: { message: 'It costs 50.' } } },
  });
});

it('processes that share REQUEST_STATE_KEY take up what another one asked', async () => {
  const [first, second, stranger] = [
    await start({ REQUEST_STATE_KEY: KEY }),
    await start({ REQUEST_STATE_KEY: KEY }),
    await start(),
  ];
  const params = { inputResponses: YES, requestState: await asked(first) };
  expect((await post(second, 'buy', params)).body.result).toMatchObject({
    content: [{ type: 'text', text: 'accept for 5' }],
  });
  const changed = { ...params, requestState: `${params.requestState}A` };
  for (const [url, sent] of [
    [stranger, params],
    [second, changed],
  ] as const) {
    expect((await post(url, 'buy', sent)).body.error).toMatchObject({
      code: -32_602,
      message: 'Invalid or expired requestState',
    });
  }
});

it('a key that is too short is refused when the server starts', () => {
  expect(() => createRequestStates({ REQUEST_STATE_KEY: 'short' })).toThrow(
    'REQUEST_STATE_KEY must have at least 32 bytes',
  );
});
