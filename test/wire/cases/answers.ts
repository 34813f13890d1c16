import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { WireCase } from '../wire-case.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const get = (target: string) => ({ method: 'GET', target: `/v2${target}` });
const text = (value: unknown) => ({ type: 'text', text: value });

/** One red pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

export const answerCases: WireCase[] = [
  {
    title: 'JSON as text and as structured content',
    tool: 'answerJson',
    answers: [{ headers: JSON_TYPE, body: '{"id":7,"name":"Rex","extra":[1]}' }],
    want: get('/answer/json'),
    result: {
      content: [text('{"id":7,"name":"Rex","extra":[1]}')],
      structuredContent: { id: 7, name: 'Rex', extra: [1] },
    },
  },
  {
    title: 'a response that differs from its documentation does not fail the call',
    tool: 'answerJson',
    answers: [{ headers: JSON_TYPE, body: '{"id":1,"name":{"first":"Rex"}}' }],
    want: get('/answer/json'),
    result: {
      structuredContent: { id: 1, _undocumented: { name: { first: 'Rex' } } },
    },
  },
  {
    title: 'a number that JavaScript cannot hold arrives whole',
    tool: 'answerJsonOfPost',
    answers: [{ headers: JSON_TYPE, body: '{"ok":true,"id":9007199254740993}' }],
    want: { method: 'POST', target: '/v2/answer/json' },
    result: {
      content: [text('{"ok":true,"id":9007199254740993}')],
      structuredContent: { ok: true, id: '9007199254740993' },
    },
  },
  {
    title: 'a list under result',
    tool: 'answerList',
    answers: [{ headers: JSON_TYPE, body: '[1,2]' }],
    want: get('/answer/list'),
    result: { content: [text('[1,2]')], structuredContent: { result: [1, 2] } },
  },
  {
    title: '404 is an error that says what to change',
    tool: 'answerJson',
    answers: [{ status: 404, headers: JSON_TYPE, body: '{"detail":"no such thing"}' }],
    want: get('/answer/json'),
    result: {
      isError: true,
      content: [
        text(
          expect.stringMatching(
            /^HTTP 404 Not Found from GET \/answer\/json\n\{"detail":"no such thing"\}\n/,
          ),
        ),
      ],
    },
  },
  {
    title: 'an error page of 500 is reduced to its words',
    tool: 'answerJsonOfPost',
    answers: [
      {
        status: 500,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><html><head><title>Oops</title><style>b{}</style></head><body><h1>It broke</h1></body></html>',
      },
    ],
    want: { method: 'POST', target: '/v2/answer/json' },
    result: {
      isError: true,
      content: [
        text(
          expect.stringMatching(
            /^HTTP 500 Internal Server Error from POST \/answer\/json\n[^<]*It broke[^<]*may have been applied/,
          ),
        ),
      ],
    },
  },
  {
    title: '429 says how long to wait, and does not wait longer than the call may last',
    tool: 'answerJson',
    answers: [{ status: 429, headers: { ...JSON_TYPE, 'retry-after': '3600' }, body: '{}' }],
    want: get('/answer/json'),
    result: {
      isError: true,
      content: [text(expect.stringMatching(/^HTTP 429 Too Many Requests[^]*Wait 3600 s/))],
    },
  },
  {
    title: '503 and then 200: a read is repeated',
    tool: 'answerJson',
    answers: [
      { status: 503, headers: { 'retry-after': '0' } },
      { headers: JSON_TYPE, body: '{"id":2}' },
    ],
    want: [get('/answer/json'), get('/answer/json')],
    result: { structuredContent: { id: 2 } },
  },
  {
    title: '503 of a write is not repeated',
    tool: 'answerJsonOfPost',
    answers: [{ status: 503, headers: { 'retry-after': '0' } }],
    want: { method: 'POST', target: '/v2/answer/json' },
    result: { isError: true },
  },
  {
    title: 'an image is an image',
    tool: 'answerImage',
    answers: [{ headers: { 'content-type': 'image/png' }, body: Buffer.from(PNG, 'base64') }],
    want: { ...get('/answer/image'), headers: { accept: 'image/png' } },
    result: { content: [{ type: 'image', data: PNG, mimeType: 'image/png' }] },
  },
  {
    title: 'bytes are a blob',
    tool: 'answerBinary',
    answers: [
      { headers: { 'content-type': 'application/zip' }, body: Buffer.from('PK\0\xff', 'latin1') },
    ],
    want: get('/answer/binary'),
    result: {
      content: [
        {
          type: 'resource',
          resource: {
            uri: expect.stringMatching(/^response:answerBinary\//),
            mimeType: 'application/zip',
            blob: 'UEsA/w==',
          },
        },
        text('application/zip, 4 bytes'),
      ],
    },
  },
  {
    title: 'text is text, without what nobody can see',
    tool: 'answerText',
    answers: [
      {
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'grü\u200bn\u202e \u{e0041}x',
      },
    ],
    want: get('/answer/text'),
    result: { content: [text('grün x')] },
  },
  {
    title: 'nothing is said to be nothing',
    tool: 'answerNothing',
    answers: [{ status: 204 }],
    want: { method: 'DELETE', target: '/v2/answer/nothing' },
    result: { content: [text('204 No Content')] },
  },
  {
    title: 'gzip is decoded',
    tool: 'answerJson',
    answers: [
      { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: gzipSync('{"id":3}') },
    ],
    want: get('/answer/json'),
    result: { content: [text('{"id":3}')], structuredContent: { id: 3 } },
  },
  {
    title: 'a redirect below the same origin is followed',
    tool: 'answerText',
    answers: [
      { status: 302, headers: { location: '/v2/answer/elsewhere?x=1' } },
      { headers: { 'content-type': 'text/plain' }, body: 'here' },
    ],
    want: [get('/answer/text'), get('/answer/elsewhere?x=1')],
    result: { content: [text('here')] },
  },
  {
    title: 'a redirect of a write is not followed',
    tool: 'answerJsonOfPost',
    answers: [{ status: 307, headers: { location: '/v2/answer/elsewhere' } }],
    want: { method: 'POST', target: '/v2/answer/json' },
    result: { isError: true },
  },
  {
    title: 'a secret that the upstream repeats does not reach the model',
    tool: 'authBearer',
    answers: [{ headers: JSON_TYPE, body: '{"ok":true,"echo":"Bearer bearer-secret"}' }],
    want: {
      ...get('/auth/bearer'),
      headers: { authorization: 'Bearer bearer-secret' },
    },
    result: {
      content: [text('{"ok":true,"echo":"Bearer ***"}')],
      structuredContent: { ok: true, echo: 'Bearer ***' },
    },
  },
];
