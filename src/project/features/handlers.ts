import { callOf, describeCall } from '../../blueprint/binding.js';
import type { Blueprint, Tool } from '../../blueprint/types.js';
import { callExample } from '../call-example.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';
import { handlerTypes } from '../handler-types.js';
import { importPath, type HandlerFile } from '../handlers.js';

const CONTEXT = 'test/generated/support/handler-context.ts';

/** The files in which the user writes what tools do, with their types and a first test. Nothing where there are none. */
export const handlers: Feature = ({ blueprint, handlers: files }) => {
  if (files.length === 0) return [];
  return [
    { path: CONTEXT, owner: 'managed', copy: CONTEXT },
    ...files.flatMap((file) => {
      const { tool } = file;
      const declared = types(file, blueprint);
      return tool === undefined ? [declared] : [declared, handler(file, tool), test(file, tool)];
    }),
  ];
};

/** While there is no tool, its types are a seed: what was generated last stays, so that the handler still compiles. */
function types(file: HandlerFile, blueprint: Blueprint): FileSpec {
  const { key, module, types: path, argumentsType, resultType } = file;
  const declared = handlerTypes(file, blueprint);
  if (declared !== undefined) {
    const purpose = `For ${module}. They stay should the tool ever go.`;
    const template = 'src/generated/handlers/types.ts.hbs';
    return { path, owner: 'managed', template, view: { purpose }, types: declared };
  }
  const purpose = `There is no tool ${key}: anything fits, so that ${module} compiles.`;
  return {
    path,
    owner: 'seed',
    template: 'src/generated/handlers/gone.ts.hbs',
    view: { purpose, argumentsType, resultType },
  };
}

function handler(file: HandlerFile, tool: Tool): FileSpec {
  const { module, isOwn, argumentsType, resultType } = file;
  const call = callOf(tool);
  const when = call ? `in place of ${describeCall(call)}` : `when ${tool.name} is called`;
  return {
    path: module,
    owner: 'seed',
    template: isOwn ? 'src/handlers/own.ts.hbs' : 'src/handlers/override.ts.hbs',
    view: {
      purpose: `Runs ${when}; HandlerContext has what it can use. This file is yours: it is never written again.`,
      type: isOwn ? 'OwnHandler' : 'Handler',
      types: [argumentsType, resultType],
      typesFrom: importPath(module, file.types),
      takes: isOwn ? [] : ['args', 'context'],
      runtimeNames: isOwn ? ['type OwnHandler', 'UserInputError'] : ['Handler'],
      runtimeFrom: importPath(module, 'src/runtime/handler.ts'),
      problem: `${tool.name} is not written yet: see ${module}.`,
    },
  };
}

function test(file: HandlerFile, tool: Tool): FileSpec {
  const { key, module, test: path, isOwn, argumentsType } = file;
  return {
    path,
    owner: 'seed',
    template: isOwn ? 'test/handlers/own.test.ts.hbs' : 'test/handlers/override.test.ts.hbs',
    view: {
      name: key,
      types: [argumentsType],
      type: argumentsType,
      typesFrom: importPath(path, file.types),
      handler: 'handler',
      handlerFrom: importPath(path, module),
      example: callExample(tool) ?? {},
    },
  };
}
