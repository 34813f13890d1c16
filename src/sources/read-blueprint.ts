import type { Blueprint } from '../blueprint/types.js';
import { customiseTools, type CustomTool } from '../blueprint/customise.js';
import { fitTools } from '../blueprint/fit-tools.js';
import { readHttpSource } from './manifest/http-source.js';
import { manifestFile, type Manifest } from './manifest/manifest.js';
import { compose } from './composition/compose.js';
import { inputOf, type SourceEntry } from './manifest/sources.js';
import { readOpenApi } from './openapi/read-openapi.js';
import { nameApart } from './name-apart.js';
import type { Loader } from './read/loader.js';
import { withoutFiles } from './manifest/setting.js';
import type { SourceReading } from './reading.js';

export type ReadOptions = {
  load: Loader;
  /** Told what is being done, in words for a person. */
  onProgress?: (phase: string) => void;
};

/** Reads everything that a manifest names into one blueprint. Throws an InputError for what cannot be used at all. */
export async function readBlueprint(manifest: Manifest, options: ReadOptions): Promise<Blueprint> {
  const readings: SourceReading[] = [];
  for (const [id, source] of Object.entries(manifest.sources)) {
    options.onProgress?.(`reading ${inputOf(source)}`);
    // Settings that lie in files are known by a variable from here on.
    const { value, files } = withoutFiles(source);
    const reading = await readSource(id, value, { ...options, file: manifestFile(manifest) });
    for (const setting of reading.source.settings) {
      const path = files.get(setting.env);
      if (path !== undefined) setting.file = path;
    }
    readings.push(reading);
  }
  options.onProgress?.('making tools');
  const file = manifestFile(manifest);
  const { readings: named, findings: clashes } = nameApart(readings, file);
  const custom = manifest.tools ?? {};
  const generated = named.flatMap((reading) => reading.tools.map(({ name }) => name));
  const called = calledTools(custom);
  const shown = named.map((reading) => ({
    ...reading,
    tools: reading.tools.filter(
      ({ name }) =>
        custom[name]?.hidden !== true || called.has(name) || called.has(custom[name].name ?? name),
    ),
  }));
  const { tools, findings, skipped } = fitTools(shown, manifest.output?.schemas ?? 'shallow');
  const { hooks } = manifest;
  const sources = readings.map(({ source }) => source);
  const customised = customiseTools(tools, { custom, generated, file, hooks, sources });
  return {
    server: {
      name: manifest.name,
      title: manifest.title ?? readings[0]?.title ?? manifest.name,
      version: manifest.version,
      description: manifest.description ?? '',
      transports: manifest.serve.transports,
    },
    sources,
    tools: compose({ tools: customised.tools, sources, custom, file }),
    resources: [],
    prompts: [],
    skipped: [...readings.flatMap((reading) => reading.skipped), ...skipped],
    findings: [
      ...customised.findings,
      ...clashes,
      ...readings.flatMap((reading) => reading.findings),
      ...findings,
    ],
    ...(hooks !== undefined && { hooks }),
    ...(customised.orphans.length > 0 && { orphans: customised.orphans }),
  };
}

/** Names of the tools that others are made of. */
function calledTools(custom: Readonly<Record<string, CustomTool>>): Set<string> {
  const steps = Object.values(custom).flatMap((tool) => tool.steps ?? []);
  return new Set(steps.map(({ call }) => call));
}

async function readSource(
  id: string,
  source: SourceEntry,
  { load, onProgress, file }: ReadOptions & { file: string },
): Promise<SourceReading> {
  if ('http' in source) return readHttpSource(id, source, file);
  if ('openapi' in source) return readOpenApi({ id, ...source }, load);
  // Loaded only where there is a database: the readers of schemas are large.
  const { readSql } = await import('./sql/read-sql.js');
  return readSql({ id, ...source }, { load, ...(onProgress && { onProgress }) });
}
