import { z } from 'zod';
import { filesystemSource, type FilesystemEntry } from './filesystem-source.js';
import { httpSource, type HttpEntry } from './http-source.js';
import { mcpSource, type McpEntry } from './mcp-source.js';
import { openapiSource, type OpenApiEntry } from './openapi-source.js';
import { sqlSource, type SqlEntry } from './sql-source.js';

/** What a source can be, by the key that names its input. */
export const SOURCE_SCHEMAS = {
  openapi: openapiSource,
  sql: sqlSource,
  http: httpSource,
  mcp: mcpSource,
  filesystem: filesystemSource,
} as const;

export type SourceKey = keyof typeof SOURCE_SCHEMAS;

export type SourceEntry = OpenApiEntry | SqlEntry | HttpEntry | McpEntry | FilesystemEntry;

export const sourceEntry = z.union([
  openapiSource,
  sqlSource,
  httpSource,
  mcpSource,
  filesystemSource,
]);

/** The key by which an entry says what kind it is; undefined where it says none. */
export function sourceKey(entry: unknown): SourceKey | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  return (Object.keys(SOURCE_SCHEMAS) as SourceKey[]).find((key) => Object.hasOwn(entry, key));
}

/** The input that an entry names: a path, an address; that of an API without a document. */
export function inputOf(entry: SourceEntry): string {
  if ('http' in entry) return entry.http;
  if ('mcp' in entry) return entry.mcp;
  if ('filesystem' in entry) return entry.filesystem.join(', ');
  return 'openapi' in entry ? entry.openapi : entry.sql;
}

/** The entry with another input; folders have none that is read. */
export function withInput(entry: SourceEntry, input: string): SourceEntry {
  if ('http' in entry) return { ...entry, http: input };
  if ('mcp' in entry) return { ...entry, mcp: input };
  if ('filesystem' in entry) return entry;
  return 'openapi' in entry ? { ...entry, openapi: input } : { ...entry, sql: input };
}
