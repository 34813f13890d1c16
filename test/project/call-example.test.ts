import { describe, expect, it } from 'vitest';
import type { HttpBinding } from '../../src/blueprint/types.js';
import { callExample } from '../../src/project/call-example.js';
import { makeTool } from '../support/blueprint.js';

const binding = (parts: Partial<HttpBinding>): HttpBinding => ({
  kind: 'http',
  source: 'shop',
  method: 'PUT',
  path: '/files/{id}',
  ...parts,
});
const inPath = binding({ parameters: [{ argument: 'id', in: 'path' }] });
const multipart = binding({
  body: {
    contentType: 'multipart/form-data',
    fields: { photo: 'the_photo', more: 'more', note: 'note' },
    files: ['the_photo', 'more'],
  },
});
const whole = binding({
  body: { contentType: 'application/octet-stream', argument: 'body', files: ['*'] },
});

describe('callExample', () => {
  it.each<[string, HttpBinding, Record<string, unknown> | undefined, unknown]>([
    ['keeps what can be sent', inPath, { id: 0 }, { id: 0 }],
    ['has none where nothing is known', inPath, undefined, undefined],
    ['has none with an empty path value', inPath, { id: '' }, undefined],
    ['has none with an empty object in the path', inPath, { id: {} }, undefined],
    ['has none without the path value', inPath, {}, undefined],
    [
      'fills files',
      multipart,
      { photo: {}, more: [{ filename: 'a' }, { uri: 'data:,x' }], note: {} },
      {
        photo: { data: 'aGVsbG8=' },
        more: [{ filename: 'a', data: 'aGVsbG8=' }, { uri: 'data:,x' }],
        note: {},
      },
    ],
    ['does not add files', multipart, { note: 'x' }, { note: 'x' }],
    ['fills a body', whole, { body: {} }, { body: { data: 'aGVsbG8=' } }],
  ])('%s', (_, request, example, want) => {
    const tool = makeTool({ name: 'put_file', binding: request });
    if (example === undefined) delete tool.example;
    else tool.example = example;
    expect(callExample(tool)).toEqual(want);
  });
});
