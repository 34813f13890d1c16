import { child, children, isObject, stringAt, stringsAt, type Node } from './node.js';
import type { Body, MediaType, Operation, Parameter, Response } from './operation.js';
import type { References } from './references.js';

const PLACES: readonly string[] = ['path', 'query', 'header', 'cookie', 'querystring'];

/** Reads an Operation Object of OpenAPI 3.0, 3.1 or 3.2 (3.1 §4.8.10), with what its Path Item Object adds. */
export function readOperation3(
  references: References,
  place: { method: string; path: string; item: Node; node: Node },
): Operation {
  const { item, node } = place;
  const servers = [child(node, 'servers'), child(item, 'servers')].find(
    ({ value }) => Array.isArray(value) && value.length > 0,
  );
  const security = child(node, 'security');
  const body = readBody(references, child(node, 'requestBody'));
  return {
    method: place.method,
    path: place.path,
    node,
    ...texts(node),
    tags: stringsAt(node, 'tags'),
    deprecated: child(node, 'deprecated').value === true,
    ...readParameters(references, item, node),
    ...(body && { body }),
    responses: readResponses(references, child(node, 'responses')),
    ...(Array.isArray(security.value) && { security }),
    ...(servers && { servers }),
  };
}

/** operationId, summary and description, as far as they are texts; a number is one whose quotes were left out. */
export function texts(node: Node): Pick<Operation, 'id' | 'summary' | 'description'> {
  const id = wordAt(node, 'operationId');
  const summary = wordAt(node, 'summary');
  const description = stringAt(node, 'description');
  return {
    ...(id !== undefined && { id }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
  };
}

function wordAt(node: Node, key: string): string | undefined {
  const { value } = child(node, key);
  return Number.isFinite(value) ? String(value) : stringAt(node, key);
}

/** Parameters of the path and of the operation, which replaces those of the same name and place. */
export function mergeParameters(references: References, item: Node, node: Node): Node[] {
  const merged = new Map<string, Node>();
  for (const holder of [item, node]) {
    for (const written of children(child(holder, 'parameters'))) {
      const parameter = references.resolve(written);
      if (!parameter || !isObject(parameter.value)) continue;
      const { name, in: place } = parameter.value;
      if (typeof name === 'string' && typeof place === 'string')
        merged.set(`${place}\n${name}`, withOwnDescription(parameter, written));
    }
  }
  return [...merged.values()];
}

/** What stands beside a reference is said of this use of its target (OpenAPI 3.1 §4.8.23). */
function withOwnDescription(target: Node, written: Node): Node {
  const description = stringAt(written, 'description');
  return target === written || description === undefined
    ? target
    : { ...target, value: { ...(target.value as object), description } };
}

function readParameters(
  references: References,
  item: Node,
  node: Node,
): Pick<Operation, 'parameters' | 'misplaced'> {
  const parameters: Parameter[] = [];
  const misplaced: Node[] = [];
  for (const parameter of mergeParameters(references, item, node)) {
    const place = stringAt(parameter, 'in') ?? '';
    if (!PLACES.includes(place)) {
      misplaced.push(parameter);
      continue;
    }
    const [content] = readContent(references, child(parameter, 'content'));
    const schema =
      content?.schema ??
      (child(parameter, 'schema').value === undefined ? undefined : child(parameter, 'schema'));
    const description = stringAt(parameter, 'description');
    const style = stringAt(parameter, 'style');
    const explode = child(parameter, 'explode').value;
    parameters.push({
      name: stringAt(parameter, 'name') ?? '',
      in: place as Parameter['in'],
      required: place === 'path' || child(parameter, 'required').value === true,
      node: parameter,
      ...(schema && { schema }),
      ...(description !== undefined && { description }),
      deprecated: child(parameter, 'deprecated').value === true,
      ...(style !== undefined && { style }),
      ...(typeof explode === 'boolean' && { explode }),
      allowReserved: child(parameter, 'allowReserved').value === true,
      ...(content && { contentType: content.type }),
    });
  }
  return { parameters, misplaced };
}

function readBody(references: References, written: Node): Body | undefined {
  if (!isObject(written.value)) return undefined;
  const node = references.resolve(written);
  if (!node) return undefined;
  const description = stringAt(node, 'description');
  const content = readContent(references, child(node, 'content'));
  if (content.length === 0) return undefined;
  return {
    node,
    required: child(node, 'required').value === true,
    ...(description !== undefined && { description }),
    content,
  };
}

function readResponses(references: References, node: Node): Response[] {
  return children(node).flatMap((written) => {
    const status = String(written.key);
    if (status.startsWith('x-')) return [];
    const response = references.resolve(written);
    if (!response) return [];
    const description = stringAt(response, 'description');
    return {
      status: status.toUpperCase() === 'DEFAULT' ? 'default' : status.toUpperCase(),
      ...(description !== undefined && { description }),
      content: readContent(references, child(response, 'content')),
    };
  });
}

function readContent(references: References, content: Node): MediaType[] {
  return children(content).flatMap((written) => {
    const node = references.resolve(written);
    if (!node) return [];
    // `itemSchema` describes the parts of a stream (OpenAPI 3.2 §4.14.1); as a whole that is text.
    const schema = child(node, 'schema');
    const encoding = child(node, 'encoding');
    return {
      type: String(written.key).trim().toLowerCase(),
      node,
      ...(schema.value !== undefined && { schema }),
      ...(isObject(encoding.value) && { encoding }),
    };
  });
}
