import type { Feature, ProjectContext } from '../context.js';
import type { FileSpec, TypeRequest } from '../file-spec.js';
import { scopeOf } from '../schema-files.js';
import type { NamedTool } from '../tool-files.js';

const TEMPLATE = 'src/generated/types/types.ts.hbs';

/** Types of arguments and results next to their tools, and of the schemas that they share. */
export const types: Feature = (context) => {
  const files = [
    ...context.schemaFiles,
    ...context.toolFiles.map(({ module, tools }) => ({
      module,
      requests: tools.flatMap((tool) => typesOf(tool, context)),
    })),
  ];
  const modules = new Map(
    files.flatMap(({ module, requests }) => requests.map(({ name }) => [name, module] as const)),
  );
  return files.map(({ module, requests }): FileSpec => ({
    path: `src/generated/types/${module}.ts`,
    owner: 'managed',
    template: TEMPLATE,
    view: {},
    types: { requests, modules, module },
  }));
};

function typesOf(named: NamedTool, { schemas }: ProjectContext): TypeRequest[] {
  const { tool, argumentsType, resultType } = named;
  const names = (part: 'arguments' | 'result') =>
    schemas.names.get(scopeOf(tool, part)) ?? new Map<string, string>();
  const request = {
    name: argumentsType,
    schema: tool.argumentsType,
    names: names('arguments'),
  };
  if (resultType === undefined || tool.resultType === undefined) return [request];
  return [request, { name: resultType, schema: tool.resultType, names: names('result') }];
}
