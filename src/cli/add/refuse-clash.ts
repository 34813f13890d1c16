import type { Blueprint } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Addition } from './addition.js';

/** Throws an InputError (MCP606) where a new source names a tool as another source does. */
export function refuseClash({ findings }: Blueprint, { section, key }: Addition): void {
  if (section !== 'sources') return;
  const clashes = findings.filter(
    ({ code, origin }) => code === 'MCP708' && origin?.path[1] === key,
  );
  if (clashes.length === 0) return;
  throw new InputError(
    clashes.map(({ message }) => diagnostic('MCP606', { id: key, clash: message })),
  );
}
