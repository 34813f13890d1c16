import type { Blueprint } from '../blueprint/types.js';
import { InputError } from '../diagnostics/diagnostic.js';

/**
 * Throws an InputError (MCP210) where a `--include` or `--exclude` matches nothing: a typing error in one must not expose
 * everything. In mcp.yaml the same is a warning, because documents change after it was written.
 */
export function refuseUnused({ findings }: Pick<Blueprint, 'findings'>): void {
  const unused = findings.filter(({ code }) => code === 'MCP210');
  if (unused.length === 0) return;
  throw new InputError(
    // Not the document is wrong but the command line: no place in it, and the name of the flag.
    unused.map(({ origin: _, ...finding }) => ({
      ...finding,
      severity: 'error',
      message: `--${finding.message}`,
    })),
  );
}
