import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { filesIn } from './setting.js';

/** Refuses two files that one variable would stand for: one of them would silently not be read. Throws an InputError (MCP731). */
export function refuseSharedFiles(sources: Readonly<Record<string, unknown>>, file: string): void {
  const known = new Map<string, string>();
  const problems = Object.entries(sources).flatMap(([id, source]) =>
    filesIn(source).flatMap(({ variable, path }) => {
      const other = known.get(variable) ?? path;
      known.set(variable, other);
      if (other === path) return [];
      const fields = { variable, file: path, other };
      return [diagnostic('MCP731', fields, { origin: { file, path: ['sources', id] } })];
    }),
  );
  if (problems.length > 0) throw new InputError(problems);
}
