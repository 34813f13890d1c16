import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { makeOffers } from './make-offers.js';
import { makeTools } from './make-tools.js';
import { readAccess } from './manifest/access.js';
import { manifestFile, type Manifest } from './manifest/manifest.js';
import { readSessions } from './manifest/read-sessions.js';
import { refuseSharedFiles } from './manifest/shared-files.js';
import { probeName } from './name-rule.js';
import { readSources, type ReadOptions } from './read-sources.js';
import { upstreamsApart } from './upstream/upstreams-apart.js';

/** Reads everything that a manifest names into one blueprint. Throws an InputError for what cannot be used at all. */
export async function readBlueprint(manifest: Manifest, options: ReadOptions): Promise<Blueprint> {
  const file = manifestFile(manifest);
  refuseSharedFiles(manifest, file);
  const readings = await readSources(manifest, options);
  options.onProgress?.('making tools');
  const sources = readings.map(({ source }) => source);
  const made = makeTools(readings, manifest);
  const apart = upstreamsApart(sources, file);
  const scoped = readings.map(({ source, tools }) => ({
    ...{ source, tools },
    probe: probeName(source.id, manifest.sources[source.id]),
  }));
  const access = readAccess(manifest, made.tools, scoped);
  const { tools } = access;
  const offers = makeOffers(manifest, { tools, exposed: made.resources, sources });
  const { resources, prompts, toolsets } = offers;
  const { sessions, findings: onSessions } = readSessions(manifest);
  const { orphans } = made.customised;
  const unused = made.unused
    .filter((tool) => !access.isForScopes(tool))
    .map((tool): Diagnostic =>
      diagnostic('MCP709', { tool }, { origin: { file, path: ['tools', tool] } }),
    );
  return {
    server: serverOf(manifest, readings[0]?.title),
    ...{ sources, tools, resources, prompts },
    skipped: [...readings.flatMap(({ skipped }) => skipped), ...made.skipped],
    findings: [
      ...[unused, access.findings, onSessions, made.customised.findings, apart, offers.findings],
      ...[...readings.map(({ findings }) => findings), made.fitted],
    ].flat(),
    ...(toolsets.length > 0 && { toolsets }),
    ...(manifest.hooks !== undefined && { hooks: manifest.hooks }),
    ...(access.auth && { auth: access.auth }),
    ...(sessions && { sessions }),
    ...(orphans.length > 0 && { orphans }),
  };
}

function serverOf(manifest: Manifest, title: string | undefined): Blueprint['server'] {
  const { name, version, description = '', registryName, serve } = manifest;
  return {
    name,
    title: manifest.title ?? title ?? name,
    version,
    description,
    ...(registryName !== undefined && { registryName }),
    transports: serve.transports,
  };
}
