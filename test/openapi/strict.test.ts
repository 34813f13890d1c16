import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLoader } from '../../src/sources/read/loader.js';
import { validateStrictly } from '../../src/sources/openapi/strict/validate-strictly.js';
import { readViolations } from '../../src/sources/openapi/strict/violations.js';
import { cli } from '../cli/support.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'strict-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ok = { '200': { description: 'fine' } };

/** Findings as `code place: message`. */
async function judged(document: object): Promise<string[]> {
  writeFileSync(join(dir, 'api.json'), JSON.stringify(document));
  const found = await validateStrictly('api.json', createLoader({ base: dir }));
  return found.map(({ code, at, message }) => `${code} ${at ?? ''}: ${message}`);
}

function openapi(version: string, parts: object): object {
  return { openapi: version, info: { title: 'Shop', version: '1' }, paths: {}, ...parts };
}

describe('validateStrictly', () => {
  it.each(['3.0.3', '3.1.0'])('has nothing to say of a valid document of %s', async (version) => {
    const schema = { $ref: '#/components/schemas/Item' };
    const content = { 'application/json': { schema } };
    const get = { operationId: 'get', responses: { '200': { description: 'it', content } } };
    const components = { schemas: { Item: { type: 'object', properties: { next: schema } } } };
    expect(await judged(openapi(version, { paths: { '/items': { get } }, components }))).toEqual(
      [],
    );
  });

  it.each(['3.0.3', '3.1.0'])(
    'names the innermost places that are wrong in %s',
    async (version) => {
      const get = { responses: { '200': {} }, colour: 'red' };
      const found = await judged(openapi(version, { paths: { '/items': { get } } }));
      expect(found.sort()).toEqual([
        'MCP540 paths › /items › get › colour: not as the specification says: must not be here',
        "MCP540 paths › /items › get › responses › 200: not as the specification says: must have required property 'description'",
      ]);
    },
  );

  it('says what is wrong in a component once, however often it is used', async () => {
    const parameters = [{ $ref: '#/components/parameters/Page' }];
    const paths = Object.fromEntries(
      ['/a', '/b', '/c'].map((path) => [path, { get: { parameters, responses: ok } }]),
    );
    const Page = { name: 'page', in: 'query', schema: { type: 'int' } };
    const found = await judged(openapi('3.0.3', { paths, components: { parameters: { Page } } }));
    expect(found).toEqual([
      'MCP540 components › parameters › Page › schema › type: not as the specification says: must be one of array, boolean, integer, number, object, string',
    ]);
  });

  it('checks what the schema of Swagger 2.0 cannot say', async () => {
    const paths = { '/items/{id}': { get: { responses: ok } } };
    const document = { swagger: '2.0', info: { title: 'Shop', version: '1' }, paths };
    expect(await judged(document)).toEqual([
      'MCP540 the document: not as the specification says: Validation failed. /paths/items/{id}/get is missing path parameter(s) for {id}',
    ]);
  });

  it('stops at 20 places and counts the others', async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 23 }, (_, index) => [`/p${index}`, { get: { responses: { 200: {} } } }]),
    );
    const found = await judged(openapi('3.1.0', { paths }));
    expect(found).toHaveLength(21);
    expect(found[20]).toBe('MCP542 : 3 more places are not as the specification says');
  });

  it('says of which documents it knows nothing', async () => {
    expect(await judged(openapi('3.2.0', {}))).toEqual([
      'MCP541 : not checked against the specification: the validator knows OpenAPI up to 3.1',
    ]);
    const big = { 'x-big': 'x'.repeat(10_000_001) };
    expect(await judged(openapi('3.1.0', big))).toEqual([
      'MCP541 : not checked against the specification: it is too large',
    ]);
  });

  it('G8 follows no references, so that doubled ones cost nothing', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/components/schemas/S${index + 1}` };
        return [`S${index}`, { allOf: [next, next] }];
      }),
    );
    const components = { schemas: { ...schemas, S40: {} } };
    expect(await judged(openapi('3.0.3', { components }))).toEqual([]);
  });

  it.each([{ swagger: '2.0' }, { openapi: '3.0.3' }, { openapi: '3.1.0' }])(
    'G7 fetches nothing that %o refers to',
    async (version) => {
      let requests = 0;
      const server = createServer((_, response) => {
        requests += 1;
        response.end('{"description":"fetched"}');
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const $ref = `http://127.0.0.1:${port}/part.json`;
      const get = { parameters: [{ $ref }], responses: { '200': { $ref } } };
      const info = { title: 'Shop', version: '1' };
      try {
        const found = await judged({ ...version, info, paths: { '/items': { get } } });
        expect(found).toEqual([]);
        expect(requests).toBe(0);
      } finally {
        server.close();
        await once(server, 'close');
      }
    },
  );
});

describe('readViolations', () => {
  it('gives numbers for the items of lists and the failed choice where nothing else is known', () => {
    const details = [
      { instancePath: '/tags/0', keyword: 'oneOf', message: 'must match one', params: {} },
      {
        instancePath: '/tags/0',
        keyword: 'required',
        message: 'must have $ref',
        params: { missingProperty: '$ref' },
      },
    ];
    expect(readViolations(details, { tags: [{}] })).toEqual([
      { path: ['tags', 0], why: 'must match one' },
    ]);
  });
});

describe('inspect', () => {
  it('warns of what is not valid with its position, and makes the tools all the same', async () => {
    writeFileSync(
      join(dir, 'lax.yaml'),
      [
        'openapi: 3.0.3',
        'info: { title: Shop, version: "1" }',
        'servers: [{ url: https://api.example.com }]',
        'paths:',
        '  /items:',
        '    get:',
        '      operationId: listItems',
        '      summary: List items',
        '      colour: red',
        '      responses: { "200": { description: fine } }',
        '',
      ].join('\n'),
    );
    const { code, out } = await cli(dir, ['inspect', 'lax.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('listItems');
    expect(out).toContain(
      'lax.yaml:9:7  warning  MCP540  not as the specification says: must not be here',
    );
  });
});
