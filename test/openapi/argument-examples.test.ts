import { describe, expect, it } from 'vitest';
import { readTool } from '../support/read-document.js';

const query = (name: string, more: object = {}): object => ({
  name,
  in: 'query',
  schema: { type: 'string' },
  ...more,
});

describe('examples of calls', () => {
  it('gives no example that only marks a place', async () => {
    const parameters = ['{{id}}', '<string>', '[id]', 'string', '${ID}', '<b>', 'a string'].map(
      (example, n) => ({ name: `p${n}`, in: 'query', schema: { type: 'string' }, example }),
    );
    const schema = { type: 'object', properties: { q: { type: 'string', example: '<uuid>' } } };
    const content = { 'application/json': { schema, example: { q: 'string' } } };
    const tool = await readTool({ parameters, requestBody: { content } }, {}, { method: 'post' });
    expect(tool.example).toEqual({ p6: 'a string' });
  });

  it('gives examples of the type that is declared', async () => {
    const of = (type: string, example: unknown) => ({
      name: `${type}_${String(example)}`,
      in: 'query',
      schema: { type },
      example,
    });
    const parameters = [of('integer', '7'), of('integer', 'x'), of('boolean', 'true')];
    const tool = await readTool({ parameters });
    expect(tool.example).toEqual({ integer_7: 7, boolean_true: true });
    expect(JSON.stringify(tool.inputSchema)).not.toContain('"x"');
  });

  it('fills a path with no empty value of a list', async () => {
    const schema = { type: 'string', enum: ['', 'active'] };
    const parameters = [{ name: 'state', in: 'path', required: true, schema }];
    const tool = await readTool({ parameters }, {}, { path: '/jobs/{state}' });
    expect(tool.example).toEqual({ state: 'active' });
  });

  it('makes a call that the schema accepts', async () => {
    const tool = await readTool({
      parameters: [
        query('code', {
          required: true,
          schema: { type: 'string', pattern: '^[A-Z]{3}-\\d{2,4}$' },
        }),
        query('page', { required: true, schema: { type: 'integer', minimum: 3, maximum: 9 } }),
        query('when', { required: true, schema: { type: 'string', format: 'date' } }),
        query('like', { example: 'blue' }),
        query('other'),
      ],
    });
    expect(tool.example).toEqual({ code: 'AAA-11', page: 3, when: '2024-01-31', like: 'blue' });
  });

  it('never leaves a segment of the path empty in its example, nor sends what is rounded', async () => {
    const tool = await readTool(
      {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: '' },
          query('size', { schema: { type: 'number' }, example: 34e19 }),
        ],
      },
      {},
      { path: '/things/{id}' },
    );
    expect(tool.example).toEqual({ id: 'example', size: 1 });
  });

  it('tells in its example which of several alternatives it takes', async () => {
    const kind = (name: string, values: object) => ({
      type: 'object',
      properties: { kind: { type: 'string', enum: [name] }, values },
    });
    const schema = {
      type: 'object',
      required: ['of'],
      properties: {
        of: {
          oneOf: [
            kind('list', { type: 'array', items: { type: 'string' } }),
            kind('map', { type: 'object' }),
          ],
        },
      },
    };
    const content = { 'application/json': { schema } };
    const requestBody = { required: true, content };
    const tool = await readTool({ requestBody }, {}, { method: 'post' });
    expect(tool.example).toEqual({ of: { kind: 'list' } });
  });
});
