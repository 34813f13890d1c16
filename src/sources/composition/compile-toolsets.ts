import { isPattern, matchesPattern } from '../../blueprint/tool-patterns.js';
import { SWITCH_TOOL, type Toolset } from '../../blueprint/toolset.js';
import type { Tool } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { ToolsetEntries } from '../manifest/toolsets.js';

/**
 * The toolsets of a manifest with the tools that they name. Throws an InputError for names that no tool has (MCP770), and for a
 * tool that is named like the one that switches (MCP771).
 */
export function compileToolsets(
  entries: ToolsetEntries,
  tools: readonly Tool[],
  file: string,
): Toolset[] {
  const names = tools.filter(({ unlisted }) => unlisted !== true).map(({ name }) => name);
  const unknown = Object.entries(entries).flatMap(([toolset, entry]) =>
    entry.tools.flatMap((wanted, index) => {
      if (found(wanted, names).length > 0) return [];
      const suggestion = isPattern(wanted) ? undefined : closest(wanted, names);
      const fields = { toolset, tool: wanted, ...(suggestion !== undefined && { suggestion }) };
      const origin = { file, path: ['toolsets', toolset, 'tools', index] };
      return [diagnostic('MCP770', fields, { origin })];
    }),
  );
  const clash = tools.find(({ name }) => name.toLowerCase() === SWITCH_TOOL);
  const taken =
    clash === undefined || Object.keys(entries).length === 0
      ? []
      : [
          diagnostic(
            'MCP771',
            { tool: clash.name, key: clash.generatedName ?? clash.name },
            { origin: { file, path: ['toolsets'] } },
          ),
        ];
  if (unknown.length + taken.length > 0) throw new InputError([...unknown, ...taken]);
  return Object.entries(entries).map(([name, { description, enabled = true, tools: wanted }]) => ({
    ...{ name, description, enabled },
    tools: [...new Set(wanted.flatMap((one) => found(one, names)))].sort(),
  }));
}

function found(wanted: string, names: readonly string[]): string[] {
  if (!isPattern(wanted)) return names.includes(wanted) ? [wanted] : [];
  return names.filter((name) => matchesPattern(wanted, name));
}
