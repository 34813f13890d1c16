import { child, children, isObject, replaced, stringAt, stringsAt, type Node } from './node.js';
import { mergeParameters, texts } from './openapi3.js';
import type { Body, MediaType, Operation, Parameter, Response } from './operation.js';
import type { References } from './references.js';

/** Keys of a Parameter Object that are not part of its schema (Swagger 2.0, Parameter Object). */
const NOT_SCHEMA: ReadonlySet<string> = new Set([
  'name',
  'in',
  'required',
  'description',
  'collectionFormat',
  'allowEmptyValue',
  'schema',
]);

const PLACES: ReadonlySet<string> = new Set(['path', 'query', 'header', 'body', 'formData']);

const STYLES: Record<string, { style: string; explode: boolean }> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};

/**
 * Reads an Operation Object of Swagger 2.0 into the form of OpenAPI 3: body and form parameters become a request body,
 * `collectionFormat` becomes style and explode, `consumes` and `produces` become media types.
 */
export function readOperation2(
  references: References,
  root: Node,
  place: { method: string; path: string; item: Node; node: Node },
): Operation {
  const { item, node } = place;
  const parameters = mergeParameters(references, item, node);
  const consumes = mediaTypes(node, root, 'consumes');
  const produces = mediaTypes(node, root, 'produces');
  const body = readBody(node, parameters, consumes);
  const security = child(node, 'security');
  return {
    method: place.method,
    path: place.path,
    node,
    ...texts(node),
    tags: stringsAt(node, 'tags'),
    deprecated: child(node, 'deprecated').value === true,
    parameters: parameters.flatMap(readParameter),
    misplaced: parameters.filter((parameter) => !PLACES.has(stringAt(parameter, 'in') ?? '')),
    ...(body && { body }),
    responses: readResponses(references, child(node, 'responses'), produces),
    ...(Array.isArray(security.value) && { security }),
  };
}

function mediaTypes(node: Node, root: Node, key: string): string[] {
  const own = child(node, key).value;
  return (Array.isArray(own) ? stringsAt(node, key) : stringsAt(root, key)).map((type) =>
    type.trim().toLowerCase(),
  );
}

function readParameter(node: Node): Parameter[] {
  const place = stringAt(node, 'in');
  if (place !== 'path' && place !== 'query' && place !== 'header') return [];
  const format = stringAt(node, 'collectionFormat') ?? 'csv';
  const isArray = child(node, 'type').value === 'array';
  const style = isArray ? styleFor(place, format) : {};
  const description = stringAt(node, 'description');
  return [
    {
      name: stringAt(node, 'name') ?? '',
      in: place,
      required: place === 'path' || child(node, 'required').value === true,
      node,
      schema: ownSchema(node),
      ...(description !== undefined && { description }),
      deprecated: child(node, 'x-deprecated').value === true,
      allowReserved: child(node, 'x-ms-skip-url-encoding').value === true,
      ...style,
    },
  ];
}

function styleFor(place: string, format: string): { style?: string; explode?: boolean } {
  if (place === 'query') return STYLES[format] ?? {};
  return format === 'csv' || !STYLES[format] ? {} : { style: STYLES[format].style, explode: false };
}

/** In Swagger 2.0 a parameter other than `body` is its own schema; a body-like `schema` is read as meant. */
function ownSchema(node: Node): Node {
  const written = child(node, 'schema');
  if (isObject(written.value)) return written;
  const members = Object.entries(node.value as object).filter(([key]) => !NOT_SCHEMA.has(key));
  return replaced(node, Object.fromEntries(members));
}

function readBody(operation: Node, parameters: Node[], consumes: string[]): Body | undefined {
  const body = parameters.find((node) => stringAt(node, 'in') === 'body');
  if (body) {
    const schema = child(body, 'schema');
    const types = consumes.length > 0 ? consumes : ['application/json'];
    const description = stringAt(body, 'description');
    return {
      node: body,
      required: child(body, 'required').value === true,
      ...(description !== undefined && { description }),
      content: types.map((type) => ({
        type,
        node: body,
        ...(schema.value !== undefined && { schema }),
      })),
    };
  }
  const fields = parameters.filter((node) => stringAt(node, 'in') === 'formData');
  return fields.length === 0 ? undefined : readForm(operation, fields, consumes);
}

function readForm(operation: Node, fields: Node[], consumes: string[]): Body {
  const hasFile = fields.some((node) => child(node, 'type').value === 'file');
  const wanted = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const declared = consumes.find(
    (type) => type.startsWith('multipart/') || type.includes('urlencoded'),
  );
  const type = hasFile ? wanted : (declared ?? wanted);
  const named = fields.map((node) => [stringAt(node, 'name') ?? '', node] as const);
  const properties = named.map(([name, node]) => {
    const description = stringAt(node, 'description');
    const schema = ownSchema(node).value as object;
    return [name, { ...schema, ...(description !== undefined && { description }) }] as const;
  });
  const required = named
    .filter(([, node]) => child(node, 'required').value === true)
    .map(([name]) => name);
  const schema = { type: 'object', properties: Object.fromEntries(properties), required };
  const encoding = named.flatMap(([name, node]) => {
    if (child(node, 'type').value !== 'array') return [];
    const style = STYLES[stringAt(node, 'collectionFormat') ?? 'csv'];
    return style && style.style !== 'tabDelimited' ? [[name, style] as const] : [];
  });
  const media: MediaType = {
    type,
    node: operation,
    schema: { value: schema, file: operation.file, parent: operation, key: 'parameters' },
    ...(encoding.length > 0 && {
      encoding: {
        value: Object.fromEntries(encoding),
        file: operation.file,
        parent: operation,
        key: 'parameters',
      },
    }),
  };
  return { node: operation, required: required.length > 0, content: [media] };
}

function readResponses(references: References, node: Node, produces: string[]): Response[] {
  return children(node).flatMap((written) => {
    const status = String(written.key);
    const response = status.startsWith('x-') ? undefined : references.resolve(written);
    if (!response) return [];
    const schema = child(response, 'schema');
    const isFile = child(schema, 'type').value === 'file';
    const types =
      produces.length > 0 ? produces : [isFile ? 'application/octet-stream' : 'application/json'];
    const description = stringAt(response, 'description');
    return {
      status,
      ...(description !== undefined && { description }),
      content:
        schema.value === undefined
          ? []
          : types.map((type) => ({ type, node: response, ...(!isFile && { schema }) })),
    };
  });
}
