import type { CustomTool } from '../../blueprint/custom-tool.js';
import type { Source, Tool } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { annotationsOf } from './annotations-of.js';
import { compileSteps } from './compile-steps.js';
import { resultShape } from './result-shape.js';
import type { Shape } from './shape.js';

export type ComposeOptions = {
  tools: readonly Tool[];
  sources: readonly Source[];
  /** `tools:` of mcp.yaml. */
  custom: Readonly<Record<string, CustomTool>>;
  /** The manifest, for messages. */
  file: string;
};

type Made = { tool: Tool; result: Shape };

/**
 * The tools with the plans of those that are made of steps, each checked against the tools that it calls. Throws an InputError
 * with every unknown tool, wrong reference, wrong type, circle and step without effect (MCP710–MCP717).
 */
export function compose({ tools, sources, custom, file }: ComposeOptions): Tool[] {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const entryOf = (tool: Tool): CustomTool | undefined =>
    tool.binding.kind === 'steps' ? custom[tool.generatedName ?? tool.name] : undefined;
  const problems: Diagnostic[] = [];
  const made = new Map<string, Made>();

  const make = (tool: Tool, callers: readonly string[]): Made => {
    const known = made.get(tool.name);
    if (known !== undefined) return known;
    const entry = entryOf(tool);
    if (entry?.steps === undefined) return { tool, result: resultShape(tool, sources) };
    const origin = { file, path: ['tools', tool.generatedName ?? tool.name] };
    const within = [...callers, tool.name];
    const compiled = compileSteps(tool, entry, {
      origin,
      onProblem: (problem) => problems.push(problem),
      target: (name, path, where) => {
        const at = { origin: { file, path } };
        const called = byName.get(name);
        if (called === undefined) {
          const suggestion = closest(name, byName.keys());
          const fields = { where, tool: name, ...(suggestion !== undefined && { suggestion }) };
          problems.push(diagnostic('MCP711', fields, at));
          return undefined;
        }
        if (within.includes(name)) {
          const circle = [...within.slice(within.indexOf(name)), name];
          problems.push(diagnostic('MCP715', { circle: circle.join(' → ') }, at));
          return undefined;
        }
        return make(called, within);
      },
    });
    const plan = { ...tool, binding: { kind: 'steps' as const, plan: compiled.plan } };
    const called = compiled.plan.steps.flatMap(({ call }) => {
      const other = made.get(call)?.tool ?? byName.get(call);
      return other === undefined ? [] : [other];
    });
    const result = {
      tool: { ...plan, annotations: { ...annotationsOf(called), ...tool.annotations } },
      result: compiled.result,
    };
    made.set(tool.name, result);
    return result;
  };

  const all = tools.map((tool) => make(tool, []).tool);
  if (problems.length > 0) throw new InputError(distinct(problems));
  return all;
}

/** What a circle or a wrong name is found by twice is told once. */
function distinct(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return problems.filter(({ code, origin }) => {
    const key = `${code} ${JSON.stringify(origin?.path)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
