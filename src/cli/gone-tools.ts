import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { GoneTool, Lock } from '../workspace/lock.js';

/** The tools that mcp.yaml changes and that no input has any more (MCP703), for the lock. */
export function goneTools({ findings, orphans = [] }: Blueprint): Map<string, GoneTool> {
  const modules = new Map(orphans.map(({ tool, module }) => [tool, module]));
  const keys = findings.flatMap(({ code, origin }) => {
    const key = origin?.path[1];
    return code === 'MCP703' && typeof key === 'string' ? [key] : [];
  });
  return new Map(
    keys.map((key) => {
      const handler = modules.get(key);
      return [key, handler === undefined ? {} : { handler }];
    }),
  );
}

/** The same as messages, for commands that read nothing but the lock. `file` is mcp.yaml as it is shown. */
export function goneWarnings(gone: Lock['gone'], file: string): Diagnostic[] {
  return [...(gone ?? [])].map(([tool, { handler }]) =>
    diagnostic(
      'MCP703',
      { tool, ...(handler !== undefined && { handler }) },
      { origin: { file, path: ['tools', tool] } },
    ),
  );
}
