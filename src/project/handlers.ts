import { callOf } from '../blueprint/binding.js';
import type { Blueprint, Tool } from '../blueprint/types.js';
import { fileNamer } from './names.js';
import { pascalCase } from './words.js';

/** A file of the user that runs for a tool, and the types that it is written with. */
export type HandlerFile = {
  /** Key below `tools` in mcp.yaml. */
  key: string;
  /** Relative to the project. */
  module: string;
  test: string;
  /** Absent where the tool is gone or hidden. */
  tool?: Tool;
  /** The tool has no request of its own. */
  isOwn: boolean;
  /** Module with its types, whose names follow from the key alone: wherever the tool is and whatever it is called. */
  types: string;
  argumentsType: string;
  resultType: string;
};

/** The handlers of a project, those without a tool too, by key. */
export function handlerFiles({ tools, orphans = [] }: Blueprint): HandlerFile[] {
  const fileName = fileNamer();
  const handled = tools.flatMap((tool) => {
    const { binding, generatedName, name } = tool;
    if (binding.kind !== 'handler') return [];
    return [{ key: generatedName ?? name, module: binding.module, tool }];
  });
  const gone = orphans.map(({ tool: key, module }) => ({ key, module, tool: undefined }));
  return [...handled, ...gone]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, module, tool }) => {
      const name = fileName(key);
      const type = pascalCase(key).replace(/^(?=[^A-Za-z]|$)/, 'Type');
      return {
        key,
        module,
        types: `src/generated/handlers/${name}.ts`,
        test: `test/handlers/${name}.test.ts`,
        ...(tool && { tool }),
        isOwn: tool !== undefined && callOf(tool) === undefined,
        argumentsType: `${type}Arguments`,
        resultType: `${type}Result`,
      };
    });
}

/** How a module of the project, named by its path, is imported from another one. */
export function importPath(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.replace(/\.ts$/, '.js').split('/');
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) shared += 1;
  const up = here.slice(shared).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...there.slice(shared)].join('/');
}
