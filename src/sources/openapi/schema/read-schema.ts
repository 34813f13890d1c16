import type { JsonSchema } from '../../../blueprint/types.js';
import { SINGLES } from '../../../blueprint/schema-keywords.js';
import { child, children, isObject, stringAt, type Node } from '../node.js';
import { readBounds } from './bounds.js';
import { combine, withNull } from './combine.js';
import { readMembersByName } from './members-by-name.js';
import type { Mode, Schemas } from './schemas.js';
import { readTypes, type Types } from './types.js';
import { readValues } from './values.js';

/** Longest description of a property: it is paid for in every conversation. */
export const MAX_DESCRIPTION = 240;

/** Most branches of a composition that are read. */
const MAX_BRANCHES = 1_000;

/**
 * One schema of OpenAPI 2.0, 3.0, 3.1 or 3.2 as JSON Schema 2020-12, without what only OpenAPI knows.
 * Everything is read as it was meant; what cannot be is left out, which makes the schema looser, and reported.
 */
export function readSchema(schemas: Schemas, node: Node, mode: Mode): JsonSchema {
  const value = node.value;
  if (!isObject(value)) return value === false ? { not: {} } : {};
  if (typeof value['$ref'] === 'string') return readReference(schemas, node, mode);

  const types = readTypes(schemas, node);
  // Values first: an enum may show that the type is wider than declared.
  const values = readValues(schemas, node, types);
  const schema: JsonSchema = {
    ...typeKeyword(types),
    ...readDescription(schemas, node),
    ...values,
  };
  if (types.format) schema['format'] = types.format;
  if (isBase64(node)) schema['contentEncoding'] = 'base64';
  Object.assign(schema, readBounds(node), readPattern(schemas, node, types));
  Object.assign(schema, readObject(schemas, node, mode), readArray(schemas, node, mode));
  for (const keyword of SINGLES) {
    const inner = child(node, keyword);
    if (keyword === 'items' || keyword === 'additionalProperties') continue;
    if (inner.value === undefined) continue;
    if (typeof inner.value !== 'boolean') schema[keyword] = readSchema(schemas, inner, mode);
    // Results are never closed: an undocumented field must not fail a call.
    else if (mode === 'input') schema[keyword] = inner.value;
  }
  Object.assign(schema, readMembersByName(schemas, node, mode, schema));
  for (const keyword of ['$dynamicRef', '$recursiveRef']) {
    if (value[keyword] !== undefined) schemas.report(node, { kind: 'keyword', keyword });
  }
  return combine(schema, types.nullable, {
    allOf: readList(schemas, node, 'allOf', mode),
    anyOf: readList(schemas, node, 'anyOf', mode),
    oneOf: readList(schemas, node, 'oneOf', mode),
  });
}

function readReference(schemas: Schemas, node: Node, mode: Mode): JsonSchema {
  const name = schemas.nameOf(node, mode);
  const target: JsonSchema = name === undefined ? {} : { $ref: `#/$defs/${name}` };
  const {
    $ref: _,
    nullable: isNullable,
    'x-nullable': isNull,
    ...siblings
  } = node.value as Record<string, unknown>;
  const nullable = isNullable === true || isNull === true;
  if (Object.keys(siblings).length === 0) return nullable ? withNull(target) : target;
  const beside = readSchema(schemas, { ...node, value: siblings }, mode);
  const { description, default: fallback, deprecated, ...rest } = beside;
  const notes = defined({ description, default: fallback, deprecated });
  const narrowing = Object.keys(rest).filter((key) => key !== 'type' && key !== 'examples');
  const schema = narrowing.length > 0 ? { allOf: [target, rest] } : target;
  return { ...(nullable ? withNull(schema) : schema), ...notes };
}

function typeKeyword(types: Types): JsonSchema {
  if (types.names.length === 0) return {};
  return { type: types.names.length === 1 ? types.names[0] : types.names };
}

function isBase64(node: Node): boolean {
  return stringAt(node, 'format') === 'byte' || stringAt(node, 'contentEncoding') === 'base64';
}

function readDescription(schemas: Schemas, node: Node): JsonSchema {
  const key = stringAt(node, 'description') === undefined ? 'title' : 'description';
  const text = stringAt(node, key);
  const description = text === undefined ? '' : schemas.text(text, child(node, key));
  return {
    ...(description === '' ? {} : { description }),
    ...(child(node, 'deprecated').value === true ? { deprecated: true } : {}),
  };
}

function readPattern(schemas: Schemas, node: Node, types: Types): JsonSchema {
  const written = stringAt(node, 'pattern');
  if (written === undefined || (types.names.length > 0 && !types.names.includes('string')))
    return {};
  const pattern = schemas.usablePattern(written, child(node, 'pattern'));
  return pattern === undefined ? {} : { pattern };
}

function readObject(schemas: Schemas, node: Node, mode: Mode): JsonSchema {
  const schema: JsonSchema = {};
  const hidden = mode === 'input' ? 'readOnly' : 'writeOnly';
  const members = children(child(node, 'properties'));
  const shown = members.filter((member) => !isHidden(schemas, member, hidden));
  if (shown.length > 0) {
    schema['properties'] = fromEntries(
      shown.map((member) => [
        schemas.propertyName(String(member.key), mode),
        readSchema(schemas, member, mode),
      ]),
    );
  }
  const required = child(node, 'required').value;
  if (Array.isArray(required)) {
    const dropped = new Set(members.filter((m) => !shown.includes(m)).map((m) => m.key));
    const names = required.filter((name) => typeof name === 'string' && !dropped.has(name));
    const unique = [...new Set(names.map((name) => schemas.propertyName(name, mode)))];
    if (unique.length > 0) schema['required'] = unique;
  }
  const additional = child(node, 'additionalProperties');
  if (isObject(additional.value)) {
    schema['additionalProperties'] = readSchema(schemas, additional, mode);
  } else if (typeof additional.value === 'boolean' && mode === 'input') {
    schema['additionalProperties'] = additional.value;
  }
  return schema;
}

function isHidden(schemas: Schemas, member: Node, flag: string): boolean {
  if (!isObject(member.value)) return false;
  if (member.value[flag] === true) return true;
  if (typeof member.value['$ref'] !== 'string') return false;
  const target = schemas.references.target(member.file, member.value['$ref']);
  return isObject(target?.value) && target.value[flag] === true;
}

function readArray(schemas: Schemas, node: Node, mode: Mode): JsonSchema {
  const schema: JsonSchema = {};
  const items = child(node, 'items');
  const tuple = Array.isArray(items.value) ? items : child(node, 'prefixItems');
  if (Array.isArray(tuple.value) && tuple.value.length > 0) {
    schema['prefixItems'] = children(tuple).map((item) => readSchema(schemas, item, mode));
  }
  const rest = Array.isArray(items.value) ? child(node, 'additionalItems') : items;
  if (rest.value !== undefined) schema['items'] = readSchema(schemas, rest, mode);
  if (child(node, 'uniqueItems').value === true) schema['uniqueItems'] = true;
  return schema;
}

function readList(schemas: Schemas, node: Node, keyword: string, mode: Mode): JsonSchema[] {
  return children(child(node, keyword))
    .slice(0, MAX_BRANCHES)
    .filter((item) => isObject(item.value) || typeof item.value === 'boolean')
    .map((item) => readSchema(schemas, item, mode));
}

/** An object without the members that are undefined. */
function defined(object: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Own properties whatever their names: an assignment would lose `__proto__`. */
function fromEntries(entries: [string, JsonSchema][]): Record<string, JsonSchema> {
  return Object.fromEntries(entries);
}
