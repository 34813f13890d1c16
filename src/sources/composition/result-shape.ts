import type { Source, Tool } from '../../blueprint/types.js';
import { callOf } from '../../blueprint/binding.js';
import { shapeOf, UNKNOWN, type Shape } from './shape.js';

/** The data that a tool answers, as far as its source or its author says. */
export function resultShape(tool: Tool, sources: readonly Source[]): Shape {
  const { resultType } = tool;
  if (resultType === undefined) return UNKNOWN;
  const source = tool.isOwn === true ? undefined : callOf(tool)?.source;
  const named =
    source === undefined ? resultType['$defs'] : sources.find(({ id }) => id === source)?.schemas;
  return shapeOf(resultType, (named ?? {}) as Shape['named']);
}

/** The arguments of a tool. */
export function argumentsShape({ inputSchema }: Pick<Tool, 'inputSchema'>): Shape {
  return shapeOf(inputSchema, (inputSchema['$defs'] ?? {}) as Shape['named']);
}
