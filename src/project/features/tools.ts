import { callOf, describeBinding } from '../../blueprint/binding.js';
import type { Tool } from '../../blueprint/types.js';
import type { Feature, ProjectContext } from '../context.js';
import type { FileSpec } from '../file-spec.js';
import { importPath } from '../handlers.js';
import type { NamedTool, ToolFile } from '../tool-files.js';
import { toolKind } from '../tool-kinds.js';

/** One module per tool or per group of tools, and the list of all. */
export const tools: Feature = (context) => [
  index(context),
  ...context.toolFiles.map((file) => toolFile(file)),
];

function index({ toolFiles }: ProjectContext): FileSpec {
  const imports = toolFiles
    .map(({ module, tools: named }) => ({
      names: named.map(({ constant }) => constant),
      from: `./${module}.js`,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const all = toolFiles
    .flatMap((file) => file.tools)
    .sort((a, b) => (a.tool.name < b.tool.name ? -1 : 1));
  const { type, from } = commonType(all);
  return {
    path: 'src/generated/tools/index.ts',
    owner: 'managed',
    template: 'src/generated/tools/index.ts.hbs',
    view: {
      imports,
      runtimeFrom: from,
      type,
      types: [type],
      names: all.map(({ constant }) => constant),
    },
  };
}

function toolFile({ module, tools: named }: ToolFile): FileSpec {
  const path = `src/generated/tools/${module}.ts`;
  return {
    path,
    owner: 'managed',
    template: 'src/generated/tools/tool.ts.hbs',
    view: {
      handlers: named.flatMap(({ tool, handler }) =>
        handler === undefined || tool.binding.kind !== 'handler'
          ? []
          : [{ name: handler, from: importPath(path, tool.binding.module) }],
      ),
      imports: definesOf(named),
      typeNames: named
        .flatMap(({ argumentsType, resultType }) => [argumentsType, resultType ?? []])
        .flat()
        .sort(),
      typesModule: `../types/${module}.js`,
      tools: named.map(shown),
    },
  };
}

function shown({ tool, constant, argumentsType, resultType, handler }: NamedTool): object {
  return {
    request: describeBinding(tool),
    constant,
    define: defineOf({ tool, handler }).name,
    types: [argumentsType, resultType ?? 'unknown'],
    definition: definition(tool),
    ...(handler !== undefined && { handler }),
  };
}

function definition(tool: Tool): object {
  const call = callOf(tool);
  const kind = call && toolKind(call);
  return {
    name: tool.name,
    title: tool.title === '' ? undefined : tool.title,
    description: tool.description,
    annotations: Object.keys(tool.annotations).length === 0 ? undefined : tool.annotations,
    inputSchema: tool.inputSchema,
    outputSchema: tool.outputSchema,
    unlisted: tool.unlisted,
    scopes: tool.scopes,
    ...(kind && { [kind.field]: kind.value }),
    ...(tool.binding.kind === 'steps' && { steps: tool.binding.plan }),
  };
}

type Known = Pick<NamedTool, 'tool' | 'handler'>;

const RUNTIME = '../../runtime/';

/** The function that a tool is defined with, and its module. */
function defineOf({ tool, handler }: Known): { name: string; from: string } {
  const call = callOf(tool);
  if (tool.binding.kind === 'steps') {
    return { name: 'defineStepsTool', from: `${RUNTIME}steps/steps-tool.js` };
  }
  if (handler !== undefined || call === undefined) {
    return { name: 'defineHandlerTool', from: `${RUNTIME}tool.js` };
  }
  const { define, module } = toolKind(call);
  return { name: define, from: RUNTIME + module };
}

function definesOf(named: readonly Known[]): { names: string[]; from: string }[] {
  const byModule = new Map(named.map(defineOf).map(({ name, from }) => [from, name]));
  return [...byModule]
    .map(([from, name]) => ({ names: [name], from }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The type of the list of all tools: that of their kind, where they are all of one. */
function commonType(named: readonly Known[]): { type: string; from: string } {
  const types = new Map(
    named.map(({ tool, handler }) => {
      const call = handler === undefined ? callOf(tool) : undefined;
      if (call === undefined) return ['ServerTool', 'tool.js'];
      const { type, module } = toolKind(call);
      return [type, module];
    }),
  );
  const [only] = types.size === 1 ? [...types] : [['ServerTool', 'tool.js']];
  return { type: only![0]!, from: RUNTIME + only![1]! };
}
