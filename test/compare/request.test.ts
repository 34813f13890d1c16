import { describe, expect, it } from 'vitest';
import { compareSurfaces } from '../../src/blueprint/compare.js';
import { describeRequest } from '../../src/blueprint/describe-request.js';
import type { HttpBinding } from '../../src/blueprint/types.js';
import { tool } from './support/surface.js';

function binding(parts: Partial<HttpBinding>): HttpBinding {
  return { kind: 'http', source: 'api', method: 'POST', path: '/things/{id}', ...parts };
}

describe('how a request is described', () => {
  it.each<[string, Partial<HttpBinding>, Record<string, string>]>([
    ['nothing to say', {}, {}],
    ['what stands in the path', { parameters: [{ argument: 'id', in: 'path' }] }, {}],
    [
      'parameters with names and styles of their own',
      {
        parameters: [
          { argument: 'tags', name: 'tags[]', in: 'query', style: 'pipeDelimited', explode: false },
          { argument: 'id', name: 'ID', in: 'path' },
          { argument: 'X-Trace', in: 'header' },
        ],
      },
      {
        'X-Trace': 'header',
        id: 'path ID',
        tags: 'query tags[] style=pipeDelimited explode=false',
      },
    ],
    [
      'fields of a body',
      {
        body: {
          contentType: 'multipart/form-data',
          fields: { name: 'name', photo: 'photo[]' },
          encoding: { 'photo[]': { contentType: 'image/png' } },
          files: ['photo[]'],
        },
      },
      {
        '(body)': 'multipart/form-data',
        '(files)': 'photo[]',
        name: 'body',
        photo: 'body photo[] contentType=image/png',
      },
    ],
    [
      'a body as a whole, with what it needs besides',
      {
        server: 'upload',
        accept: 'text/csv',
        body: {
          contentType: 'application/json',
          argument: 'body',
          required: true,
          rename: { a: 'b' },
        },
      },
      {
        '(accept)': 'text/csv',
        '(body)': 'application/json, always rename={"a":"b"}',
        '(server)': 'upload',
        body: 'body',
      },
    ],
    ['not what is told elsewhere', { security: [{ key: [] }] }, {}],
  ])('%s', (_, parts, want) => {
    expect(describeRequest(binding(parts))).toEqual(want);
  });
});

describe('a request in another form', () => {
  const between = (before?: Record<string, string>, after?: Record<string, string>) =>
    compareSurfaces([tool(before && { request: before })], [tool(after && { request: after })]).map(
      ({ class: kind, code, pointer, message }) => `${kind} ${code} ${pointer} ${message}`,
    );

  it.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    [
      'the body',
      { '(body)': 'application/json' },
      { '(body)': 'multipart/form-data' },
      [
        'safe request-changed /request/(body) request changed: the body is sent as "multipart/form-data" instead of "application/json"',
      ],
    ],
    [
      'an argument',
      { 'a/b': 'query' },
      { 'a/b': 'query style=deepObject' },
      [
        'safe request-changed /request/a~1b request changed: argument "a/b" is sent as "query style=deepObject" instead of "query"',
      ],
    ],
    [
      'something that was not there',
      {},
      { '(accept)': 'text/csv' },
      [
        'safe request-changed /request/(accept) request changed: (accept) is "text/csv" instead of nothing',
      ],
    ],
    ['not an argument that is new or gone', { a: 'query' }, { b: 'query' }, []],
    ['not the same', { a: 'query' }, { a: 'query' }, []],
  ])('%s', (_, before, after, want) => {
    expect(between(before, after)).toEqual(want);
  });

  it('is not compared with what is not known', () => {
    expect(between(undefined, { '(body)': 'text/csv' })).toEqual([]);
    expect(between({ '(body)': 'text/csv' }, undefined)).toEqual([]);
  });
});

describe('a document that describes the input otherwise', () => {
  const cut = { type: 'object', properties: { a: { description: 'A (details left out)' } } };
  const between = (parts: object, more: object = {}) =>
    compareSurfaces(
      [tool({ inputDigest: 'a', ...parts })],
      [tool({ inputDigest: 'b', ...parts, ...more })],
    ).map(({ class: kind, code, pointer }) => `${kind} ${code} ${pointer}`);

  it('is told where nothing else shows it', () => {
    expect(between({})).toEqual(['safe input-described-otherwise /inputSchema']);
    expect(between({ request: { a: 'query' } }, { request: { a: 'header' } })).toEqual([
      'safe request-changed /request/a',
    ]);
  });

  it('is unknown where the list leaves details out', () => {
    expect(between({ inputSchema: cut })).toEqual([
      'unknown input-described-otherwise /inputSchema',
    ]);
  });

  it('is not told of what is the same or not known', () => {
    expect(between({}, { inputDigest: 'a' })).toEqual([]);
    expect(between({}, { inputDigest: undefined })).toEqual([]);
  });
});
