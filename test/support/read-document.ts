import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Blueprint, HttpBinding, HttpSource, Tool } from '../../src/blueprint/types.js';
import type { Manifest } from '../../src/sources/manifest/manifest.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';

/** What an OpenAPI document gives: an API, and its requests. */
export type ApiTool = Tool & { binding: HttpBinding };
export type ApiBlueprint = Omit<Blueprint, 'sources' | 'tools'> & {
  sources: HttpSource[];
  tools: ApiTool[];
};

/** Reads a document that is given as data; `source` adds to its entry in the manifest. */
export async function readDocument(
  document: unknown,
  source: Partial<Manifest['sources'][string]> = {},
  output?: Manifest['output'],
): Promise<ApiBlueprint> {
  const file = 'openapi.json';
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const load = createLoader({
    // There is nothing but the document.
    base: join(tmpdir(), 'nowhere'),
    known: new Map([[file, { file, text }]]),
  });
  const blueprint = await readBlueprint(
    {
      manifestVersion: 1,
      name: 'test',
      version: '1.0.0',
      sources: { api: { openapi: file, ...source } },
      serve: { transports: ['stdio'] },
      ...(output && { output }),
    },
    { load },
  );
  return blueprint as ApiBlueprint;
}

/** A document of OpenAPI 3.1 with one operation, `GET /things` unless said otherwise. */
export function documentWith(
  operation: Record<string, unknown>,
  rest: Record<string, unknown> = {},
  place: { path?: string; method?: string } = {},
): Record<string, unknown> {
  const { path = '/things', method = 'get' } = place;
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: { [path]: { [method]: { operationId: 'things', summary: 'All things', ...operation } } },
    ...rest,
  };
}

/** The only tool of such a document. */
export async function readTool(...args: Parameters<typeof documentWith>): Promise<ApiTool> {
  const { tools } = await readDocument(documentWith(...args));
  if (tools.length !== 1 || !tools[0]) throw new Error(`expected one tool, got ${tools.length}`);
  return tools[0];
}
