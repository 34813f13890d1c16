import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { mebibytes } from './limits.js';

/** The error (MCP108) for a source that is larger than it may be, in bytes. */
export function tooLarge(what: string, limit: number): InputError {
  return new InputError([diagnostic('MCP108', { what, limit: mebibytes(limit) })]);
}
