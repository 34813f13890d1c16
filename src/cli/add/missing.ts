import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';

/** What a command line of add lacks where nothing can be asked (MCP601). */
export function missing(kind: string, what: string, rest: string): InputError {
  return new InputError([
    diagnostic('MCP601', { what, usage: `create-mcp-server add ${kind} ${rest}` }),
  ]);
}
