import type { JsonSchema } from '../../../blueprint/types.js';
import { holdsInvisible } from '../../../blueprint/model-text.js';
import { child, children, isObject, type Node } from '../node.js';
import { fitsTypes, isJson, typeOf } from './keywords.js';
import type { Schemas } from './schemas.js';
import type { Types } from './types.js';

/** Most values that an enum lists; more say nothing to a model and are checked by the upstream. */
const MAX_ENUM = 100;

/** Longest example that is kept, in characters of JSON. */
const MAX_EXAMPLE = 400;

/** `enum`, `const`, `default` and `examples`, each only where it agrees with the type. */
export function readValues(schemas: Schemas, node: Node, types: Types): JsonSchema {
  const schema: JsonSchema = {};
  const values = readEnum(schemas, node, types);
  if (values && values.length <= MAX_ENUM) schema['enum'] = values;
  const constant = child(node, 'const');
  if (holdsInvisible(constant.value)) schemas.report(constant, { kind: 'hidden', count: 1 });
  else if (constant.value !== undefined && isJson(constant.value)) {
    schema['const'] = constant.value;
  }
  const fallback = child(node, 'default');
  if (fallback.value !== undefined && fallback.value !== null) {
    const fits =
      isShowable(fallback.value) &&
      fitsTypes(fallback.value, types.names) &&
      (!values || includes(values, fallback.value));
    if (fits) schema['default'] = fallback.value;
    else schemas.report(fallback, { kind: 'default', value: fallback.value });
  }
  // Of a list that is too long to show, one value at least.
  const shown = values && values.length > MAX_ENUM ? values.slice(0, 1) : [];
  const given = readExamples(node).filter(saysSomething);
  const examples = [...given.map((value) => asType(value, types.names)), ...shown].filter(
    (value) =>
      isShowable(value) && fitsTypes(value, types.names) && (!values || includes(values, value)),
  );
  if (examples.length > 0) schema['examples'] = examples.slice(0, 2);
  for (const shownText of textsIn(Object.values(schema))) schemas.inspect(shownText, node);
  return schema;
}

/** Values of another type than declared are read as that type where nothing is lost, else the type gives way. */
function readEnum(schemas: Schemas, node: Node, types: Types): unknown[] | undefined {
  const written = child(node, 'enum').value;
  if (!Array.isArray(written) || written.length === 0) return undefined;
  const visible = written.filter((value) => !holdsInvisible(value));
  const count = written.length - visible.length;
  if (count > 0) schemas.report(child(node, 'enum'), { kind: 'hidden', count });
  const values = visible.filter(isJson).map((value) => asType(value, types.names));
  if (values.length === 0) return undefined;
  const nullable = types.nullable && !values.includes(null);
  const unique = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  for (const value of unique) {
    if (value === null) types.nullable = true;
    else if (!fitsTypes(value, types.names)) types.names.push(typeOf(value));
  }
  return nullable ? [...unique, null] : unique;
}

/** The value as one of the types where nothing is lost by it, else as it is. */
export function asType(value: unknown, types: readonly string[]): unknown {
  if (fitsTypes(value, types)) return value;
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return String(value);
  }
  if (typeof value !== 'string') return value;
  const wantsNumber = types.includes('integer') || types.includes('number');
  if (wantsNumber && value.trim() !== '' && String(Number(value)) === value) return Number(value);
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function readExamples(node: Node): unknown[] {
  const many = child(node, 'examples');
  const listed = Array.isArray(many.value) ? many.value : examplesByName(many);
  const one = child(node, 'example').value ?? child(node, 'x-example').value;
  return one === undefined || one === null ? listed : [one, ...listed];
}

/** What tools fill in where nobody gave an example (`<string>`, `{{id}}`, `${ID}`) would only be copied. */
export function saysSomething(value: unknown): boolean {
  return (
    typeof value !== 'string' ||
    !/^(?:string|<[\w .-]+>|\[[\w .-]+\]|\{\{[^{}]*\}\}|\$\{[^{}]*\})$/.test(value)
  );
}

/** Example Objects of OpenAPI 3.x: name → { value }. */
function examplesByName(node: Node): unknown[] {
  return children(node)
    .map(({ value }) => (isObject(value) ? value['value'] : undefined))
    .filter((value) => value !== undefined);
}

/** All texts of a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function includes(values: unknown[], value: unknown): boolean {
  const text = JSON.stringify(value);
  return values.some((item) => JSON.stringify(item) === text);
}

/** Short, and without characters that only a machine sees. */
function isShowable(value: unknown): boolean {
  if (!isJson(value)) return false;
  const text = JSON.stringify(value);
  return text.length <= MAX_EXAMPLE && !holdsInvisible(value);
}
