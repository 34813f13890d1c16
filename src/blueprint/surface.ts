import { waitsFor } from './toolset.js';
import type { Blueprint, JsonSchema, Tool, ToolAnnotations } from './types.js';

/** A tool as `tools/list` shows it (MCP 2026-07-28, Tool). */
export type ListedTool = {
  name: string;
  title?: string;
  description: string;
  inputSchema: JsonSchema;
  outputSchema?: JsonSchema;
  annotations?: ToolAnnotations;
  /** Toolsets of which one must be switched on before it is listed; not part of `tools/list`. */
  off?: string[];
};

/** Order of everything that is listed by name: by UTF-16 code units, whatever order the input had. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The tools that callers see, in the order of `tools/list`. */
export function listedTools({ tools }: Pick<Blueprint, 'tools'>): Tool[] {
  return tools.filter(({ unlisted }) => unlisted !== true).sort(byName);
}

/** The tools as `tools/list` returns them, in its order, with those that are off at first. */
export function toolList(blueprint: Pick<Blueprint, 'tools' | 'toolsets'>): ListedTool[] {
  const { toolsets = [] } = blueprint;
  return listedTools(blueprint).map((tool) => ({
    name: tool.name,
    ...(tool.title !== '' && { title: tool.title }),
    description: tool.description,
    inputSchema: tool.inputSchema,
    ...(tool.outputSchema !== undefined && { outputSchema: tool.outputSchema }),
    ...(Object.keys(tool.annotations).length > 0 && { annotations: tool.annotations }),
    ...offBy(waitsFor(tool.name, toolsets)),
  }));
}

/** A tool as `mcp.tools.json` holds it: with the OAuth scopes that calling it over HTTP takes; absent where no token is asked for. */
export type RecordedTool = ListedTool & { scopes?: string[] };

/** The tools as `mcp.tools.json` holds them, for people and for comparisons. */
export function recordedTools(blueprint: Blueprint): RecordedTool[] {
  const { auth } = blueprint;
  const list = toolList(blueprint);
  if (auth === undefined) return list;
  const own = new Map(blueprint.tools.map(({ name, scopes = [] }) => [name, scopes]));
  const scopesOf = (name: string) => [...(auth.scopes ?? []), ...(own.get(name) ?? [])];
  return list.map((tool) => ({ ...tool, scopes: [...new Set(scopesOf(tool.name))].sort() }));
}

function offBy(off: string[]): { off?: string[] } {
  return off.length > 0 ? { off } : {};
}

/**
 * Characters of a tool list per token: 4.2 to 4.8 in the lists of eight real APIs with the tokenizers o200k_base and
 * cl100k_base. Vendors differ by more than that.
 */
const CHARACTERS_PER_TOKEN = 4.5;

/** About how many tokens a model reads for this JSON text, to a tenth. */
export function estimateTokens(json: string): number {
  return Math.round(json.length / CHARACTERS_PER_TOKEN);
}
