import type { Auth } from '../../blueprint/auth.js';
import { matchesPattern } from '../../blueprint/tool-patterns.js';
import { fitsOffers, offerScopes, type ScopedSource } from '../../blueprint/offer-scopes.js';
import { scopedTools, type SourceScopes } from '../../blueprint/own-scopes.js';
import type { Tool } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { readAuth } from './auth.js';
import { tokenClaim } from './sql-source.js';
import { manifestFile, type Manifest } from './manifest.js';
import { uriOf } from './offers.js';

export type AccessReading = {
  /** With the scopes that their callers need. */
  tools: Tool[];
  auth?: Auth;
  findings: Diagnostic[];
  /** Whether a key of `tools` that no generated tool fits gives scopes to something else. */
  isForScopes: (pattern: string) => boolean;
};

/** Who may call which tools. Throws an InputError for scopes that nothing would ask for (MCP740). */
export function readAccess(
  manifest: Manifest,
  tools: readonly Tool[],
  given: readonly ScopedSource[],
): AccessReading {
  const { serve, sources, tools: entries = {}, resources = {}, prompts = {} } = manifest;
  const file = manifestFile(manifest);
  const overHttp = serve.transports.includes('http');
  const wanted: (string | number)[][] = [
    ...Object.entries({ tools: entries, resources, prompts }).flatMap(([part, all]) =>
      Object.entries(all).flatMap(([key, { scopes }]) =>
        scopes?.length ? [[part, key, 'scopes']] : [],
      ),
    ),
    ...Object.entries(sources).flatMap(([id, { scopes }]) =>
      scopes?.read?.length || scopes?.write?.length ? [['sources', id, 'scopes']] : [],
    ),
  ];
  if (overHttp && serve.auth === undefined && wanted.length > 0) {
    throw new InputError(
      wanted.map((path) =>
        diagnostic('MCP740', { where: path.join('.') }, { origin: { file, path } }),
      ),
    );
  }
  const claimed = Object.entries(sources).flatMap(([id, source]) =>
    Object.entries('claims' in source ? (source.claims ?? {}) : {}).flatMap(([name, value]) =>
      tokenClaim.safeParse(value).success ? [['sources', id, 'claims', name]] : [],
    ),
  );
  if (overHttp && serve.auth === undefined && claimed.length > 0) {
    throw new InputError(
      claimed.map((path) =>
        diagnostic('MCP742', { where: path.join('.') }, { origin: { file, path } }),
      ),
    );
  }
  const isUseless = serve.auth !== undefined && !overHttp;
  const ofSources: SourceScopes = Object.fromEntries(
    Object.entries(sources).map(([id, { scopes }]) => [id, scopes]),
  );
  const offers = offerScopes(given, entries, ofSources, {
    prompts: Object.fromEntries(
      Object.entries(prompts).map(([name, { scopes = [] }]) => [name, scopes]),
    ),
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, entry]) => [uriOf(name, entry), entry.scopes ?? []]),
    ),
  });
  const said = Object.entries(offers).filter(([, scopes]) => Object.keys(scopes).length > 0);
  return {
    tools: scopedTools(tools, entries, ofSources),
    ...(serve.auth &&
      overHttp && {
        auth: {
          ...readAuth(serve.auth, serve.transports.length === 1),
          ...(said.length > 0 && { offers: Object.fromEntries(said) }),
        },
      }),
    findings: isUseless
      ? [diagnostic('MCP741', {}, { origin: { file, path: ['serve', 'auth'] } })]
      : [],
    isForScopes: (pattern) =>
      entries[pattern]?.scopes !== undefined &&
      (fitsOffers(pattern, given) ||
        tools.some(({ name, generatedName }) => matchesPattern(pattern, generatedName ?? name))),
  };
}
