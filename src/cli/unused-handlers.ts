import type { Blueprint } from '../blueprint/types.js';
import { diagnostic } from '../diagnostics/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { handlerFiles, importPath } from '../project/handlers.js';
import type { ProjectFile } from '../workspace/project-file.js';
import type { Step } from '../workspace/reconcile.js';
import type { Decision } from './pipe.js';

type Facts = Pick<Decision, 'steps' | 'disk'> & {
  blueprint: Blueprint;
  rendered: readonly ProjectFile[];
  /** Name of mcp.yaml in messages. */
  manifestFile: string;
};

/** Handlers of tools whose files are the user's and do not import them (MCP739): nothing would ever run them. */
export function unusedHandlers(facts: Facts): Diagnostic[] {
  const { blueprint, rendered, steps, disk, manifestFile } = facts;
  const texts = new Map(rendered.map(({ path, text }) => [path, text]));
  const handlers = handlerFiles(blueprint).filter(({ tool }) => tool !== undefined);
  return steps.filter(isTheirs).flatMap(({ path }) =>
    handlers
      .filter(({ module }) => {
        const specifier = importPath(path, module);
        return (
          texts.get(path)?.includes(specifier) && disk.get(path)?.includes(specifier) === false
        );
      })
      .map(({ key, module }) =>
        diagnostic(
          'MCP739',
          { tool: key, handler: module, path, specifier: importPath(path, module) },
          { origin: { file: manifestFile, path: ['tools', key, 'handler'] } },
        ),
      ),
  );
}

const isTheirs = ({ action, owner, path }: Step): boolean =>
  action === 'keep' && owner === 'user' && path.startsWith('src/generated/tools/');
