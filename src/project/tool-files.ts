import type { Blueprint, Tool } from '../blueprint/types.js';
import { byName } from '../blueprint/surface.js';
import { groupsOf } from './groups.js';
import { constantNamer, fileNamer, type Namer } from './names.js';

/** Up to this many tools, each has a file; more share one by group. */
const MAX_SINGLE_FILES = 24;
/** A larger group is parted, so that files stay readable and quick to check. */
const MAX_TOOLS_PER_FILE = 40;

/** A file below `src/generated/tools/` (name without extension), and the tools in it by name. */
export type ToolFile = { module: string; tools: NamedTool[] };

export type NamedTool = {
  tool: Tool;
  constant: string;
  argumentsType: string;
  resultType?: string;
  /** What its handler is called where it is imported. */
  handler?: string;
};

/**
 * Distributes the tools over files. `typeName` names their types; each file has one of the same name for them, so that none may
 * be called as the files of named schemas are, `taken`.
 */
export function toolFiles(
  blueprint: Blueprint,
  typeName: Namer,
  taken: readonly string[],
): ToolFile[] {
  const constant = constantNamer();
  const named = [...blueprint.tools].sort(byName).map((tool): NamedTool => ({
    tool,
    constant: constant(tool.name),
    argumentsType: typeName(`${tool.name} Arguments`),
    ...(tool.resultType !== undefined && { resultType: typeName(`${tool.name} Result`) }),
  }));
  for (const entry of named) {
    const { binding, name } = entry.tool;
    if (binding.kind === 'handler') entry.handler = constant(`${name} handler`);
  }
  const file = fileNamer(['index', 'schemas', ...taken]);
  if (named.length <= MAX_SINGLE_FILES) {
    return named.map((tool) => ({ module: file(tool.tool.name), tools: [tool] }));
  }
  const byTool = new Map(named.map((tool) => [tool.tool, tool]));
  return [...groupsOf(blueprint.tools)].flatMap(([group, tools]) =>
    parts(tools.map((tool) => byTool.get(tool)!)).map((part, index) => ({
      module: file(index === 0 ? group : `${group} ${index + 1}`),
      tools: part,
    })),
  );
}

/** Parts of about equal size. */
function parts(tools: NamedTool[]): NamedTool[][] {
  const size = Math.ceil(tools.length / Math.ceil(tools.length / MAX_TOOLS_PER_FILE));
  const result: NamedTool[][] = [];
  for (let start = 0; start < tools.length; start += size) {
    result.push(tools.slice(start, start + size));
  }
  return result;
}
