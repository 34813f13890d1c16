import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import type { SourceEntry } from './manifest/sources.js';
import type { SourceReading } from './reading.js';

/** What a tool of a source would be called that has its id for a name. */
export function probeName(id: string, entry: SourceEntry | undefined): string {
  const { names, prefix } = { names: undefined, prefix: undefined, ...entry };
  const name = prefix === undefined || prefix === '' ? id : `${prefix}_${id}`;
  return names?.replaceAll('{source}', id).replaceAll('{name}', name) ?? name;
}

/**
 * Names the tools of a source by its rule, `{source}_{name}`. Throws an InputError (MCP727) for a name that clients would not take.
 * `file` is the manifest.
 */
export function nameByRule(
  reading: SourceReading,
  rule: string | undefined,
  file: string,
): SourceReading {
  if (rule === undefined) return reading;
  const { id } = reading.source;
  const tools = reading.tools.map((tool) => {
    const to = rule.replaceAll('{source}', id).replaceAll('{name}', tool.name);
    if (/^[A-Za-z0-9_-]{1,64}$/.test(to)) return { ...tool, name: to };
    const place = { origin: { file, path: ['sources', id, 'names'] } };
    throw new InputError([diagnostic('MCP727', { id, from: tool.name, to }, place)]);
  });
  return { ...reading, tools };
}
