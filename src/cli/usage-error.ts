import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';

/** A wrong command line, as an InputError (MCP603): exit code 2. */
export function usageError(why: string): InputError {
  return new InputError([diagnostic('MCP603', { why })]);
}
