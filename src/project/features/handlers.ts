import { describeBinding, requestOf } from '../../blueprint/binding.js';
import { callExample } from '../call-example.js';
import type { Feature, ProjectContext } from '../context.js';
import type { FileSpec } from '../file-spec.js';
import { importPath, type HandlerFile } from '../handlers.js';

const TYPES = 'src/generated/handlers.ts';

/** The files in which the user writes what tools do, with their types and a first test. Nothing where there are none. */
export const handlers: Feature = (context) => {
  if (context.handlers.length === 0) return [];
  const present = context.handlers.filter(({ tool }) => tool !== undefined);
  return [
    types(context),
    ...present.flatMap((file) => [handler(file), test(file)]),
    ...(present.length === 0 ? [] : [copied('test/generated/support/handler-context.ts')]),
  ];
};

function copied(path: string): FileSpec {
  return { path, owner: 'managed', copy: path };
}

/** Re-exports under lasting names; a tool that is gone leaves types that fit anything, so that its handler still compiles. */
function types({ handlers: files, toolFiles }: ProjectContext): FileSpec {
  const places = new Map(
    toolFiles.flatMap(({ module, tools }) =>
      tools.map((named) => [named.tool, { module, named }] as const),
    ),
  );
  const modules = new Map<string, { name: string; as: string }[]>();
  const unknown: { name: string }[] = [];
  for (const { tool, argumentsType, resultType } of files) {
    const place = tool && places.get(tool);
    if (place === undefined) continue;
    const { module, named } = place;
    const exported = modules.get(module) ?? [];
    modules.set(module, exported);
    exported.push({ name: named.argumentsType, as: argumentsType });
    if (named.resultType === undefined) unknown.push({ name: resultType });
    else exported.push({ name: named.resultType, as: resultType });
  }
  const gone = files.filter(({ tool }) => tool === undefined);
  return {
    path: TYPES,
    owner: 'managed',
    template: 'src/generated/handlers.ts.hbs',
    view: {
      exports: [...modules]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([module, exported]) => ({ types: exported, from: `./types/${module}.js` })),
      unknown,
      gone: gone.map(({ key, module, argumentsType, resultType }) => ({
        why: `There is no tool ${key} any more: anything fits, so that ${module} still compiles.`,
        argumentsType,
        resultType,
      })),
    },
  };
}

function handler({ module, tool, isOwn, argumentsType, resultType }: HandlerFile): FileSpec {
  const http = tool && requestOf(tool);
  return {
    path: module,
    owner: 'seed',
    template: isOwn ? 'src/handlers/own.ts.hbs' : 'src/handlers/override.ts.hbs',
    view: {
      type: isOwn ? 'OwnHandler' : 'Handler',
      types: [argumentsType, resultType],
      takes: isOwn ? [] : ['args', 'context'],
      typesFrom: importPath(module, TYPES),
      runtimeFrom: importPath(module, 'src/runtime/handler.ts'),
      runtimeNames: isOwn ? ['type OwnHandler', 'UserInputError'] : ['Handler'],
      purpose: http
        ? `Runs in place of ${http.method} ${http.path}. This file is yours: it is never written again.`
        : `Runs when ${tool?.name} is called. This file is yours: it is never written again.`,
      problem: `${tool?.name} is not written yet: see ${module}.`,
    },
  };
}

function test({ key, module, test: path, tool, isOwn, argumentsType }: HandlerFile): FileSpec {
  return {
    path,
    owner: 'seed',
    template: isOwn ? 'test/handlers/own.test.ts.hbs' : 'test/handlers/override.test.ts.hbs',
    view: {
      name: key,
      types: [argumentsType],
      typesFrom: importPath(path, TYPES),
      handler: 'handler',
      handlerFrom: importPath(path, module),
      does: tool ? describeBinding(tool) : '',
      type: argumentsType,
      example: (tool && callExample(tool)) ?? {},
    },
  };
}
