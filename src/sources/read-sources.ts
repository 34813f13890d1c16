import { readFilesystem } from './filesystem/read-filesystem.js';
import { databaseVariable } from './manifest/database-variable.js';
import { readHttpSource } from './manifest/http-source.js';
import { manifestFile, type Manifest } from './manifest/manifest.js';
import { markSettings, withoutFiles } from './manifest/setting.js';
import { inputOf, type SourceEntry } from './manifest/sources.js';
import { nameByRule } from './name-rule.js';
import { readOpenApi } from './openapi/read-openapi.js';
import type { Loader } from './read/loader.js';
import type { SourceReading } from './reading.js';

export type ReadOptions = {
  load: Loader;
  /** Told what is being done, in words for a person. */
  onProgress?: (phase: string) => void;
};

/** Reads every source of a manifest, each with its tools named by its rule. Throws an InputError for what cannot be used. */
export async function readSources(
  manifest: Manifest,
  options: ReadOptions,
): Promise<SourceReading[]> {
  const readings: SourceReading[] = [];
  for (const [id, source] of Object.entries(manifest.sources)) {
    options.onProgress?.(`reading ${inputOf(source)}`);
    // Settings that lie in files are known by a variable from here on.
    const plain = withoutFiles(source);
    const { value } = plain;
    const reading = await readSource(id, value, { ...options, manifest });
    markSettings(reading.source.settings, plain);
    const rule = 'names' in value ? value.names : undefined;
    readings.push(nameByRule(reading, rule, manifestFile(manifest)));
  }
  return readings;
}

async function readSource(
  id: string,
  source: SourceEntry,
  { load, onProgress, manifest }: ReadOptions & { manifest: Manifest },
): Promise<SourceReading> {
  const file = manifestFile(manifest);
  if ('http' in source) return readHttpSource(id, source, file);
  if ('filesystem' in source) return readFilesystem(id, source, file);
  if ('openapi' in source) return readOpenApi({ id, ...source, manifest: file }, load);
  if ('mcp' in source) {
    const { readUpstream } = await import('./upstream/read-upstream.js');
    return readUpstream(id, source, load);
  }
  // Loaded only where there is a database: the readers of schemas are large.
  const { readSql } = await import('./sql/read-sql.js');
  const variable = databaseVariable(id, manifest.sources);
  return readSql({ id, variable, ...source }, { load, ...(onProgress && { onProgress }) });
}
