import { describeBinding, requestOf } from '../../blueprint/binding.js';
import type { HttpBinding, Tool } from '../../blueprint/types.js';
import type { Feature, ProjectContext } from '../context.js';
import type { FileSpec } from '../file-spec.js';
import { ownKey } from '../own-keys.js';
import { importPath } from '../handlers.js';
import type { NamedTool, ToolFile } from '../tool-files.js';

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
  const type = all.some(({ handler }) => handler !== undefined) ? 'ServerTool' : 'HttpTool';
  return {
    path: 'src/generated/tools/index.ts',
    owner: 'managed',
    template: 'src/generated/tools/index.ts.hbs',
    view: {
      imports,
      runtimeFrom: '../../runtime/tool.js',
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
      runtimeFrom: '../../runtime/tool.js',
      define: [
        ...(named.some(({ handler }) => handler !== undefined) ? ['defineHandlerTool'] : []),
        ...(named.some(({ handler }) => handler === undefined) ? ['defineHttpTool'] : []),
      ],
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
    types: [argumentsType, resultType ?? 'unknown'],
    definition: definition(tool),
    ...(handler !== undefined && { handler }),
  };
}

function definition(tool: Tool): object {
  const http = requestOf(tool);
  return {
    name: tool.name,
    title: tool.title === '' ? undefined : tool.title,
    description: tool.description,
    annotations: Object.keys(tool.annotations).length === 0 ? undefined : tool.annotations,
    inputSchema: tool.inputSchema,
    outputSchema: tool.outputSchema,
    request: http && request(http),
  };
}

/** The binding in the order in which a request is read, without what the runtime does not ask for. */
function request(binding: HttpBinding): object {
  const { source, method, path, server, parameters, body, accept, security } = binding;
  return {
    source: ownKey(source),
    method,
    path,
    server,
    parameters: parameters?.length === 0 ? undefined : parameters,
    body,
    accept,
    security: security?.length === 0 ? undefined : security?.map(withOwnKeys),
    idempotencyHeader: binding.idempotencyHeader,
  };
}

function withOwnKeys(alternative: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(alternative).map(([name, scopes]) => [ownKey(name), scopes]),
  );
}
