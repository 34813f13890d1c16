import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Addition } from './addition.js';

/** What mcp.yaml would be refused for with the new source (MCP708), as something that a flag mends (MCP606). */
export function clashAsFlag(error: unknown, { section, key }: Addition): unknown {
  if (section !== 'sources' || !(error instanceof InputError)) return error;
  const isOfKey = (path: readonly (string | number)[] = []) =>
    path[0] === 'sources' && path[1] === key;
  const clashes = error.diagnostics.filter(
    ({ code, origin }) => code === 'MCP708' && isOfKey(origin?.path),
  );
  if (clashes.length === 0) return error;
  return new InputError(
    clashes.map(({ message }) => diagnostic('MCP606', { id: key, clash: message })),
  );
}
