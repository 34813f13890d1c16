import type {
  HttpBody,
  HttpParameter,
  HttpSecurityScheme,
  JsonSchema,
} from '../../blueprint/types.js';
import { readBody } from './body.js';
import type { Context } from './context.js';
import type { Operation } from './operation.js';
import type { GivenEntries } from './given-parameters.js';
import { readParameters } from './parameters.js';
import { argumentName } from '../schema/argument-name.js';
import type { Slot } from './slot.js';

const PLACES: Slot['place'][] = ['path', 'query', 'querystring', 'header', 'cookie', 'body'];

/** The flat argument object of a tool, and how its members travel. */
export type Arguments = {
  /** Root of the input schema; refers to the document's named schemas. */
  schema: JsonSchema;
  path: string;
  parameters: HttpParameter[];
  body?: HttpBody;
  /** What has to come together, in sentences; empty where there is nothing to say. */
  rules: string;
};

/** Puts path, query, header, cookie and body fields side by side in one object. */
export function readArguments(
  context: Context,
  operation: Operation,
  schemes: Record<string, HttpSecurityScheme>,
  given?: GivenEntries,
): Arguments {
  const { slots, path, bindings } = readParameters(context, operation, schemes, given);
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
    rules: body?.describeFields?.() ?? '',
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
