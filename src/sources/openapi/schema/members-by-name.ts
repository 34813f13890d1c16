import type { JsonSchema } from '../../../blueprint/types.js';
import { child, children, isObject, type Node } from '../node.js';
import { readSchema } from './read-schema.js';
import type { Mode, Schemas } from './schemas.js';

/**
 * `patternProperties`, `dependentSchemas` and `dependentRequired` (2020-12 §10.3.2.2, §10.2.2.4, core §6.5.4). What of them
 * cannot be checked is left out and reported, and so is what of `read` would then refuse the members in question.
 */
export function readMembersByName(
  schemas: Schemas,
  node: Node,
  mode: Mode,
  read: JsonSchema,
): JsonSchema {
  const schema: JsonSchema = {};
  const byPattern = children(child(node, 'patternProperties'));
  const usable = byPattern.flatMap((member): [string, JsonSchema][] => {
    const pattern = schemas.usablePattern(String(member.key), member);
    return pattern === undefined ? [] : [[pattern, readSchema(schemas, member, mode)]];
  });
  if (usable.length > 0) schema['patternProperties'] = Object.fromEntries(usable);
  if (usable.length < byPattern.length) {
    // Members that a pattern would have allowed must not fall under what is said of all others.
    delete read['additionalProperties'];
    delete read['unevaluatedProperties'];
  }
  const dependentSchemas = children(child(node, 'dependentSchemas')).map(
    (member): [string, JsonSchema] => [
      schemas.propertyName(String(member.key), mode),
      readSchema(schemas, member, mode),
    ],
  );
  if (dependentSchemas.length > 0) {
    schema['dependentSchemas'] = Object.fromEntries(dependentSchemas);
  }
  const required = readDependentRequired(schemas, child(node, 'dependentRequired'), mode);
  if (Object.keys(required).length > 0) schema['dependentRequired'] = required;
  return schema;
}

function readDependentRequired(schemas: Schemas, node: Node, mode: Mode): Record<string, string[]> {
  if (node.value !== undefined && !isObject(node.value)) reportShape(schemas, node);
  const entries = children(node).flatMap((member): [string, string[]][] => {
    const { value } = member;
    if (!Array.isArray(value) || !value.every((name) => typeof name === 'string')) {
      reportShape(schemas, member);
      return [];
    }
    const names = new Set(value.map((name) => schemas.propertyName(name, mode)));
    return [[schemas.propertyName(String(member.key), mode), [...names]]];
  });
  return Object.fromEntries(entries);
}

function reportShape(schemas: Schemas, node: Node): void {
  schemas.report(node, {
    kind: 'keyword',
    keyword: 'dependentRequired',
    why: 'it must be lists of names',
  });
}
