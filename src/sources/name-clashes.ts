import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';

type Named = { source: { id: string }; tools: readonly { name: string }[] };

/** How many names an error lists. */
const SHOWN = 5;

/**
 * Throws an InputError (MCP708) when two sources name a tool alike, upper and lower case being one: once for each two sources.
 * `file` is the manifest.
 */
export function refuseClashes(readings: readonly Named[], file: string): void {
  const owners = new Map<string, string>();
  const clashes = new Map<string, { id: string; other: string; names: string[] }>();
  for (const { source, tools } of readings) {
    for (const { name } of tools) {
      const other = owners.get(name.toLowerCase());
      if (other === undefined) owners.set(name.toLowerCase(), source.id);
      if (other === undefined || other === source.id) continue;
      const key = `${source.id}\n${other}`;
      const found = clashes.get(key) ?? { id: source.id, other, names: [] };
      found.names.push(name);
      clashes.set(key, found);
    }
  }
  if (clashes.size === 0) return;
  throw new InputError(
    [...clashes.values()].map(({ id, other, names }) => {
      const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
      const fields = { id, other, names: names.slice(0, SHOWN).join(', ') + more };
      return diagnostic('MCP708', fields, { origin: { file, path: ['sources', id] } });
    }),
  );
}
