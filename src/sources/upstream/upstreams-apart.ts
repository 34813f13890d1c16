import type { McpPinned, McpSource } from '../../blueprint/upstream.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Source } from '../../blueprint/types.js';

/**
 * URIs of two sources with the same scheme cannot be told apart: those of the later one get its id in front (`b+file:///x`).
 * Changes the sources. Throws an InputError (MCP864) where two have a prompt of one name. `file` is the manifest.
 */
export function upstreamsApart(sources: readonly Source[], file: string): Diagnostic[] {
  const schemes = new Map<string, string>();
  const prompts = new Map<string, string>();
  const findings: Diagnostic[] = [];
  const errors: Diagnostic[] = [];
  for (const source of sources) {
    const { id } = source;
    if (source.kind === 'sql') schemes.set('db:', id);
    if (source.kind === 'files') schemes.set('files:', id);
    if (source.kind !== 'mcp') continue;
    const origin = { file, path: ['sources', id] };
    const own = schemesOf(source);
    const shared = own.find((scheme) => schemes.has(scheme));
    if (shared !== undefined) {
      const prefix = `${id}+`;
      const fields = { id, other: schemes.get(shared)!, scheme: shared, prefix };
      findings.push(diagnostic('MCP863', fields, { origin }));
      putInFront(source, prefix);
    }
    for (const scheme of own) schemes.set(scheme, schemes.get(scheme) ?? id);
    for (const { listed } of source.upstream.prompts) {
      const name = String(listed['name']);
      const other = prompts.get(name);
      if (other !== undefined) errors.push(diagnostic('MCP864', { id, other, name }, { origin }));
      prompts.set(name, id);
    }
  }
  if (errors.length > 0) throw new InputError(errors);
  return findings;
}

function putInFront({ upstream }: McpSource, prefix: string): void {
  const renamed = (items: McpPinned[], field: string) =>
    items.map(({ own, listed }) => ({ own, listed: { ...listed, [field]: `${prefix}${own}` } }));
  upstream.uriPrefix = prefix;
  upstream.resources = renamed(upstream.resources, 'uri');
  upstream.templates = renamed(upstream.templates, 'uriTemplate');
}

function schemesOf({ upstream: { resources, templates } }: McpSource): string[] {
  const uris = [...resources, ...templates].map(({ own }) => own);
  return [...new Set(uris.map((uri) => /^[^:/?#]*:/.exec(uri)?.[0].toLowerCase() ?? ''))];
}
