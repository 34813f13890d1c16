import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Manifest } from './manifest.js';
import { filesIn } from './setting.js';

/** Refuses two files that one variable would stand for: one of them would silently not be read. Throws an InputError (MCP731). */
export function refuseSharedFiles({ sources, serve }: Manifest, file: string): void {
  const known = new Map<string, string>();
  const entries: { place: string[]; value: unknown }[] = [
    ...Object.entries(sources).map(([id, value]) => ({ place: ['sources', id], value })),
    { place: ['serve', 'auth'], value: serve.auth },
  ];
  const problems = entries.flatMap(({ place, value }) =>
    filesIn(value).flatMap(({ variable, path }) => {
      const other = known.get(variable) ?? path;
      known.set(variable, other);
      if (other === path) return [];
      const fields = { variable, file: path, other };
      return [diagnostic('MCP731', fields, { origin: { file, path: place } })];
    }),
  );
  if (problems.length > 0) throw new InputError(problems);
}
