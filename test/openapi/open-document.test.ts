import { mkdirSync, writeFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readOpenApi } from '../../src/sources/openapi/read-openapi.js';
import { documentWith, readDocument } from '../support/read-document.js';
import { newFolder } from '../support/new-folder.js';

const codeOf = async (document: unknown): Promise<string> => {
  try {
    await readDocument(document);
    return 'read';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics[0]?.code ?? '';
  }
};

describe('what is no OpenAPI document', () => {
  it.each<[string, unknown, string]>([
    ['a list', '[1]', 'MCP101'],
    ['a scalar', 'hello', 'MCP101'],
    ['another object', { hello: 1 }, 'MCP101'],
    ['no paths', { openapi: '3.0.0', info: {} }, 'MCP101'],
    ['an unknown version', { openapi: '4.0.0', paths: {} }, 'MCP112'],
    ['Swagger 1', { swaggerVersion: '1.2', apis: [] }, 'MCP101'],
    ['a web page', '<!doctype html><html></html>', 'MCP111'],
    ['nothing', '  \n', 'MCP113'],
    ['broken JSON', '{"openapi": "3.0.0", "paths": {', 'MCP103'],
    ['G8: a bomb of aliases', yamlBomb(), 'MCP110'],
    ['G8: a tower', '['.repeat(20_000), 'MCP109'],
    ['an empty document', { openapi: '3.1.0', paths: {} }, 'read'],
  ])('%s', async (_, document, want) => {
    expect(await codeOf(document)).toBe(want);
  });
});

function yamlBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 9; n += 1)
    lines.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    );
  return ['openapi: 3.0.0', 'paths: {}', ...lines].join('\n');
}

/** Writes files below a new folder and reads `entry` there. */
async function readFiles(files: Record<string, unknown>, entry = 'api/openapi.json') {
  const base = newFolder();
  for (const [path, value] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), JSON.stringify(value));
  }
  const reading = await readOpenApi({ id: 'api', openapi: entry }, createLoader({ base }));
  return { base, reading, codes: reading.findings.map(({ code }) => code) };
}

const parameter = (ref: string): object =>
  documentWith({ parameters: [{ name: 'it', in: 'query', schema: { $ref: ref } }] });

describe('several files', () => {
  it('follows references between files below the document', async () => {
    const { reading, codes } = await readFiles({
      'api/openapi.json': parameter('schemas/a.json#/A'),
      'api/schemas/a.json': { A: { type: 'object', properties: { b: { $ref: '../b.json' } } } },
      'api/b.json': { type: 'integer' },
    });
    expect(codes).toEqual([]);
    expect(reading.source.schemas).toEqual({
      A: { type: 'object', properties: { b: { $ref: '#/$defs/B' } } },
      B: { type: 'integer' },
    });
  });

  it.each([
    ['G7: a sibling folder', '../secret/x.json', 'MCP107'],
    ['G7: an absolute path', '/etc/hosts', 'MCP107'],
    ['G7: a file address', 'file:///etc/hosts', 'MCP107'],
    ['G7: the network', 'http://127.0.0.1:1/x.json', 'MCP105'],
    ['a missing file', 'nothing.json', 'MCP106'],
  ])('%s is not read', async (_, ref, code) => {
    const { reading, codes } = await readFiles({
      'api/openapi.json': parameter(ref),
      'secret/x.json': { type: 'integer' },
    });
    expect(codes).toEqual([code]);
    expect(reading.tools[0]?.argumentsType['properties']).toEqual({ it: {} });
  });

  it('G7: does not follow a link out of the folder', async () => {
    const base = newFolder();
    mkdirSync(join(base, 'api'));
    writeFileSync(join(base, 'secret.json'), '{"type":"integer"}');
    symlinkSync(join(base, 'secret.json'), join(base, 'api', 'link.json'));
    writeFileSync(join(base, 'api', 'openapi.json'), JSON.stringify(parameter('link.json')));
    const reading = await readOpenApi(
      { id: 'api', openapi: 'api/openapi.json' },
      createLoader({ base }),
    );
    expect(reading.findings.map(({ code }) => code)).toEqual(['MCP107']);
  });
});
