import { diagnostic } from '../diagnostics/catalog.js';
import type { Blueprint } from '../blueprint/types.js';
import { expandPatterns } from '../blueprint/own-patterns.js';
import { customiseTools } from '../blueprint/customise.js';
import { fitTools } from '../blueprint/fit-tools.js';
import { exposeResources } from './composition/expose.js';
import { readFilesystem } from './filesystem/read-filesystem.js';
import { databaseVariable } from './manifest/database-variable.js';
import { readHttpSource } from './manifest/http-source.js';
import { readAccess } from './manifest/access.js';
import { manifestFile, type Manifest } from './manifest/manifest.js';
import { calledTools } from './called-tools.js';
import { compileOffers } from './composition/compile-offers.js';
import { refuseOfferClashes } from './composition/refuse-offer-clashes.js';
import { readSessions } from './manifest/read-sessions.js';
import { compileToolsets } from './composition/compile-toolsets.js';
import { compose } from './composition/compose.js';
import { deprecatedParts } from './composition/deprecated-parts.js';
import { inputOf, type SourceEntry } from './manifest/sources.js';
import { readOpenApi } from './openapi/read-openapi.js';
import { refuseClashes } from './name-clashes.js';
import { nameByRule, probeName } from './name-rule.js';
import type { Loader } from './read/loader.js';
import { markSettings, withoutFiles } from './manifest/setting.js';
import { refuseSharedFiles } from './manifest/shared-files.js';
import type { SourceReading } from './reading.js';
import { upstreamsApart } from './upstream/upstreams-apart.js';

export type ReadOptions = {
  load: Loader;
  /** Told what is being done, in words for a person. */
  onProgress?: (phase: string) => void;
};

/** Reads everything that a manifest names into one blueprint. Throws an InputError for what cannot be used at all. */
export async function readBlueprint(manifest: Manifest, options: ReadOptions): Promise<Blueprint> {
  const readings: SourceReading[] = [];
  refuseSharedFiles(manifest, manifestFile(manifest));
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
  options.onProgress?.('making tools');
  const file = manifestFile(manifest);
  refuseClashes(readings, file);
  const named = readings;
  const generated = named.flatMap((reading) => reading.tools.map(({ name }) => name));
  const { custom, unused } = expandPatterns(manifest.tools ?? {}, generated);
  const called = calledTools(custom, manifest);
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
  const shared = upstreamsApart(sources, file);
  const customised = customiseTools(tools, {
    ...{ custom, generated, file, hooks, sources, called },
  });
  const composed = compose({ tools: customised.tools, sources, custom, file });
  const patterns = manifest.expose?.resources ?? [];
  const exposed = exposeResources(composed, { patterns, entries: manifest.tools ?? {}, file });
  const given = readings.map(({ source, tools }) => ({
    ...{ source, tools },
    probe: probeName(source.id, manifest.sources[source.id]),
  }));
  const access = readAccess(manifest, exposed.tools, given);
  const { resources = {}, prompts = {} } = manifest;
  const offers = compileOffers({ tools: exposed.tools, sources, resources, prompts, file });
  const readable = [...exposed.resources, ...offers.resources];
  const { sessions, findings: onSessions } = readSessions(manifest);
  const toolsets = compileToolsets(manifest.toolsets ?? {}, access.tools, file);
  const overlaps = refuseOfferClashes({ resources: readable, prompts: offers.prompts, sources });
  return {
    server: {
      name: manifest.name,
      title: manifest.title ?? readings[0]?.title ?? manifest.name,
      version: manifest.version,
      description: manifest.description ?? '',
      ...(manifest.registryName !== undefined && { registryName: manifest.registryName }),
      transports: manifest.serve.transports,
    },
    sources,
    tools: access.tools,
    resources: readable,
    prompts: offers.prompts,
    skipped: [...readings.flatMap((reading) => reading.skipped), ...skipped],
    findings: [
      ...unused.flatMap((tool) =>
        access.isForScopes(tool)
          ? []
          : [diagnostic('MCP709', { tool }, { origin: { file, path: ['tools', tool] } })],
      ),
      ...access.findings,
      ...onSessions,
      ...customised.findings,
      ...shared,
      ...overlaps,
      ...deprecatedParts({
        ...{ tools: access.tools, resources: readable, prompts: offers.prompts },
        ...{ toolsets, file },
      }),
      ...readings.flatMap((reading) => reading.findings),
      ...findings,
    ],
    ...(toolsets.length > 0 && { toolsets }),
    ...(hooks !== undefined && { hooks }),
    ...(access.auth && { auth: access.auth }),
    ...(sessions && { sessions }),
    ...(customised.orphans.length > 0 && { orphans: customised.orphans }),
  };
}

async function readSource(
  id: string,
  source: SourceEntry,
  { load, onProgress, manifest }: ReadOptions & { manifest: Manifest },
): Promise<SourceReading> {
  const file = manifestFile(manifest);
  if ('http' in source) return readHttpSource(id, source, file);
  if ('filesystem' in source) return readFilesystem(id, source, file);
  if ('openapi' in source) return readOpenApi({ id, ...source }, load);
  if ('mcp' in source) {
    const { readUpstream } = await import('./upstream/read-upstream.js');
    return readUpstream(id, source, load);
  }
  // Loaded only where there is a database: the readers of schemas are large.
  const { readSql } = await import('./sql/read-sql.js');
  const variable = databaseVariable(id, manifest.sources);
  return readSql({ id, variable, ...source }, { load, ...(onProgress && { onProgress }) });
}
