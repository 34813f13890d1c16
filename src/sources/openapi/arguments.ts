import { modelText } from '../../blueprint/model-text.js';
import type {
  HttpBody,
  HttpParameter,
  HttpSecurityScheme,
  JsonSchema,
} from '../../blueprint/types.js';
import { readBody } from './body.js';
import type { Context } from './context.js';
import { child, children, isObject, type Node } from './node.js';
import type { Operation, Parameter } from './operation.js';
import { readParameters } from './parameters.js';
import { argumentName } from './schema/argument-name.js';
import { MAX_DESCRIPTION } from './schema/read-schema.js';

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

const PLACES: Slot['place'][] = ['path', 'query', 'querystring', 'header', 'cookie', 'body'];

/** The flat argument object of a tool, and how its members travel. */
export type Arguments = {
  /** Root of the input schema; refers to the document's named schemas. */
  schema: JsonSchema;
  path: string;
  parameters: HttpParameter[];
  body?: HttpBody;
};

/** Puts path, query, header, cookie and body fields side by side in one object. */
export function readArguments(
  context: Context,
  operation: Operation,
  schemes: Record<string, HttpSecurityScheme>,
): Arguments {
  const { slots, path, bindings } = readParameters(context, operation, schemes);
  const body = operation.body && readBody(context, operation, operation.body);
  if (body) slots.push(...body.slots);
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  const taken = new Set<string>();
  const ordered = [...slots].sort((a, b) => PLACES.indexOf(a.place) - PLACES.indexOf(b.place));
  const names = new Map(ordered.map((slot) => [slot, claim(slot, taken)]));
  for (const slot of ordered) {
    const name = names.get(slot) as string;
    slot.bind(name);
    properties[name] = slot.schema;
    if (slot.required) required.push(name);
  }
  return {
    schema: {
      type: 'object',
      properties,
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    },
    path,
    parameters: bindings,
    ...(body && { body: body.body }),
  };
}

function claim(slot: Slot, taken: Set<string>): string {
  const plain = argumentName(slot.wire);
  const candidates = [plain, argumentName(`${slot.place}_${plain}`.slice(0, 64))];
  let name = candidates.find((candidate) => !taken.has(candidate));
  for (let n = 2; name === undefined; n += 1) {
    const numbered = `${candidates[1]?.slice(0, 60)}_${n}`;
    if (!taken.has(numbered)) name = numbered;
  }
  taken.add(name);
  return name;
}

/** The schema of a parameter with the description and the examples that stand beside it. */
export function describedSchema(context: Context, parameter: Parameter): JsonSchema {
  const { schema: node, description, deprecated } = parameter;
  const schema = node ? context.schemas.read(node, 'input') : { type: 'string' };
  const text = description === undefined ? '' : modelText(description, MAX_DESCRIPTION);
  const examples = exampleValues(parameter.node);
  return {
    ...schema,
    ...(text !== '' && { description: text }),
    ...(deprecated && { deprecated: true }),
    ...(examples.length > 0 &&
      schema['examples'] === undefined && { examples: examples.slice(0, 2) }),
  };
}

/** `example` and `examples` of a Parameter Object or a Media Type Object (OpenAPI 3.1 §4.8.12, §4.8.14). */
export function exampleValues(node: Node): unknown[] {
  const one = child(node, 'example').value;
  const many = children(child(node, 'examples'))
    .map(({ value }) => (isObject(value) ? value['value'] : undefined))
    .filter((value) => value !== undefined);
  return one === undefined || one === null ? many : [one, ...many];
}
