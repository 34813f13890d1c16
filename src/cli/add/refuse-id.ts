import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import { inputOf } from '../../sources/manifest/sources.js';
import { usageError } from '../usage-error.js';

/** Throws an InputError where a source cannot have this key: it is none, it is there, or its file would be another one's. */
export function refuseId(id: string, sources: Manifest['sources']): void {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id))
    throw usageError('--id cannot be used: must be lower case letters, digits and "-", at most 40');
  if (Object.hasOwn(sources, id))
    throw new InputError([diagnostic('MCP605', { what: `a source ${id}`, flag: '--id' })]);
  const place = new RegExp(`^specs/${id}(?:[./]|$)`);
  const other = Object.values(sources)
    .map(inputOf)
    .find((input) => place.test(input));
  if (other !== undefined) throw new InputError([diagnostic('MCP518', { path: other })]);
}
