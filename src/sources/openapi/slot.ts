import { holdsInvisible } from '../../blueprint/model-text.js';
import type { JsonSchema } from '../../blueprint/types.js';
import type { Context } from './context.js';
import { child, children, isObject, type Node } from './node.js';
import type { Parameter } from './operation.js';
import { fitsTypes, isJson } from './schema/keywords.js';
import { asType, saysSomething } from './schema/values.js';

/** One argument of a tool before it has its final name. */
export type Slot = {
  /** Where its value goes; places earlier in this list keep the plain name when names clash. */
  place: 'path' | 'query' | 'querystring' | 'header' | 'cookie' | 'body';
  wire: string;
  schema: JsonSchema;
  required: boolean;
  /** Told the final name. */
  bind: (argument: string) => void;
};

/** The schema of a parameter with the description and the examples that stand beside it. */
export function describedSchema(context: Context, parameter: Parameter): JsonSchema {
  const { schema: node, description, deprecated } = parameter;
  const schema = node ? context.schemas.read(node, 'input') : { type: 'string' };
  const what = `parameter "${parameter.name}"`;
  const text =
    description === undefined ? '' : context.schemas.text(description, parameter.node, what);
  const types = [schema['type'] ?? []].flat() as string[];
  const examples = exampleValues(parameter.node)
    .map((value) => asType(value, types))
    .filter((value) => fitsTypes(value, types));
  return {
    ...schema,
    ...(text !== '' && { description: text }),
    ...(deprecated && { deprecated: true }),
    ...(examples.length > 0 &&
      schema['examples'] === undefined && { examples: examples.slice(0, 2) }),
  };
}

/**
 * `example` and `examples` of a Parameter Object or a Media Type Object (OpenAPI 3.1 §4.8.12, §4.8.14); 3.2 has `dataValue`
 * in place of `value`.
 */
export function exampleValues(node: Node): unknown[] {
  const one = child(node, 'example').value;
  const many = children(child(node, 'examples'))
    .map(({ value }) => (isObject(value) ? (value['dataValue'] ?? value['value']) : undefined))
    .filter((value) => value !== undefined);
  return (one === undefined || one === null ? many : [one, ...many]).filter(
    (value) => isJson(value) && saysSomething(value) && !holdsInvisible(value),
  );
}
