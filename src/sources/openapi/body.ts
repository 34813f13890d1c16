import type { HttpBody, HttpEncoding, JsonSchema } from '../../blueprint/types.js';
import type { Context } from './context.js';
import { describeFields } from './describe-fields.js';
import { exampleOfRange, FILE_INPUT, fileInputSchema } from './file-input.js';
import { formView, isUnnamed, saysNothing, UNNAMED_PART } from './form-view.js';
import { concrete, isForm, isJson, isMultipart, isText, preferred } from './media-types.js';
import { child, children, isObject, stringAt, type Node } from './node.js';
import { objectView, resolved, type ObjectView } from './object-view.js';
import type { Body, MediaType, Operation } from './operation.js';
import { propertyName } from '../schema/argument-name.js';
import { saysSomething } from './schema/values.js';
import { exampleValues, type Slot } from './slot.js';

/** What messages call it. */
const BODY = 'the request body';

/** What is sent as text in the way that JSON writes it. */
const SCALARS: ReadonlySet<string> = new Set(['boolean', 'integer', 'number', 'string']);

export type ReadBody = {
  slots: Slot[];
  body: HttpBody;
  /** What has to come together among the arguments, in sentences; to be asked once they have their names. */
  describeFields?: () => string;
};

/** The arguments that make up the request body, and how they are put together. */
export function readBody(context: Context, operation: Operation, body: Body): ReadBody | undefined {
  const media = preferred(body.content);
  if (!media) return undefined;
  const schema = media.schema ? context.schemas.read(media.schema, 'input') : {};
  const shape = resolved(schema, context.schemas.named);
  const contentType = concrete(media.type, isStructuredShape(shape));
  const isStructured = isJson(contentType) || isForm(contentType) || isMultipart(contentType);
  if (!isStructured) return wholeText(context, body, { contentType, range: media.type }, shape);
  const isParts = isMultipart(contentType);
  if (isParts && isUnnamed(shape)) {
    context.findings.add('MCP214', { part: UNNAMED_PART }, media.node);
  }
  const view = (isParts ? formView : objectView)(schema, context.schemas.named);
  const canSpread = view !== undefined && Object.keys(view.properties).length > 0;
  if (canSpread && !view.isOpen)
    return fields(context, operation, { body, media, contentType, view });
  return canSpread && isParts
    ? wholeForm(context, { body, media, contentType, view })
    : wholeBody(context, { body, media, contentType, schema });
}

/** Whether a value of the schema is more than text or bytes, so that a type left open can only mean JSON. */
function isStructuredShape(shape: JsonSchema): boolean {
  const choices = [shape['anyOf'], shape['oneOf']].flat().filter(isObject);
  if (choices.some(isStructuredShape)) return true;
  if (shape['properties'] !== undefined || shape['allOf'] !== undefined) return true;
  const types = [shape['type'] ?? []].flat();
  return types.length > 0 && !types.includes('string');
}

/** Fields that must be there whenever a body is sent: a writing call without any body is not what authors mean. */
function isExpected(operation: Operation, body: Body): boolean {
  return body.required || ['POST', 'PUT', 'PATCH'].includes(operation.method);
}

function fields(
  context: Context,
  operation: Operation,
  parts: { body: Body; media: MediaType; contentType: string; view: ObjectView },
): ReadBody {
  const { media, contentType, view } = parts;
  const names: Record<string, string> = {};
  const files: string[] = [];
  const argumentOf = new Map<string, string>();
  const expected = isExpected(operation, parts.body);
  const example = exampleValues(media.node).find(isObject);
  const encoding = readEncoding(media.encoding);
  const slots = Object.entries(view.properties).map(([property, written]): Slot => {
    const wire = context.schemas.wireNames.get(property) ?? property;
    const isFile = isMultipart(contentType) && isPartFile(context, written, encoding[wire]);
    if (isFile) files.push(wire);
    const schema = isFile ? fileArgument(context, written) : withExample(written, example?.[wire]);
    return {
      place: 'body',
      wire,
      schema,
      required: view.required.has(property) && expected,
      bind: (argument) => {
        names[argument] = wire;
        argumentOf.set(property, argument);
      },
    };
  });
  return {
    slots,
    body: {
      contentType,
      fields: names,
      ...(Object.keys(encoding).length > 0 && { encoding }),
      ...(files.length > 0 && { files }),
      ...(parts.body.required && { required: true }),
    },
    describeFields: () => describeFields(view, (field) => argumentOf.get(field), expected),
  };
}

function wholeBody(
  context: Context,
  parts: { body: Body; media: MediaType; contentType: string; schema: JsonSchema },
): { slots: Slot[]; body: HttpBody } {
  const { body, media, contentType } = parts;
  const encoding = readEncoding(media.encoding);
  const schema = withExample(parts.schema, exampleValues(media.node)[0]);
  return whole(
    body,
    { contentType, ...(Object.keys(encoding).length > 0 && { encoding }) },
    {
      ...schema,
      ...describe(context, body, parts.schema),
    },
  );
}

/** A form that takes parts of any name besides those that are described: one argument, in which files stay files. */
function wholeForm(
  context: Context,
  parts: { body: Body; media: MediaType; contentType: string; view: ObjectView },
): { slots: Slot[]; body: HttpBody } {
  const { body, media, contentType, view } = parts;
  const encoding = readEncoding(media.encoding);
  const files: string[] = [];
  const members = Object.entries(view.properties).map(([property, written]) => {
    const wire = context.schemas.wireNames.get(property) ?? property;
    if (!isPartFile(context, written, encoding[wire])) return [property, written] as const;
    files.push(wire);
    return [property, fileArgument(context, written)] as const;
  });
  const schema: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(members),
    ...(view.required.size > 0 && { required: [...view.required] }),
    additionalProperties: true,
  };
  return whole(
    body,
    {
      contentType,
      ...(Object.keys(encoding).length > 0 && { encoding }),
      ...(files.length > 0 && { files }),
    },
    { ...withExample(schema, exampleValues(media.node)[0]), ...describe(context, body, schema) },
  );
}

function wholeText(
  context: Context,
  body: Body,
  { contentType, range }: { contentType: string; range: string },
  shape: JsonSchema,
): { slots: Slot[]; body: HttpBody } {
  const about =
    body.description === undefined ? '' : context.schemas.text(body.description, body.node, BODY);
  // `format: binary` of what is text by its type says that the body is sent as it is.
  if (isText(contentType)) {
    const description = about === '' ? `The body as ${contentType}` : `${about} (${contentType})`;
    const types = [shape['type'] ?? 'string'].flat();
    const type = types.every((name) => SCALARS.has(String(name))) ? shape['type'] : 'string';
    return whole(body, { contentType }, { type: type ?? 'string', description });
  }
  context.schemas.named.set(FILE_INPUT, fileInputSchema);
  // Of a picture or a recording the file says what it is; the server sends that (see `encodeBody` in its runtime).
  const example = exampleOfRange(range);
  const sentAs = example === undefined ? contentType : range;
  const description = about === '' ? `The bytes to send as ${sentAs}: data or uri` : about;
  const file = { $ref: `#/$defs/${FILE_INPUT}`, description };
  return whole(
    body,
    { contentType: sentAs, files: ['*'] },
    { ...file, ...(example && { examples: [example] }) },
  );
}

function whole(
  body: Body,
  binding: HttpBody,
  schema: JsonSchema,
): { slots: Slot[]; body: HttpBody } {
  const result: HttpBody = { ...binding, ...(body.required && { required: true }) };
  const bind = (argument: string): void => {
    result.argument = argument;
  };
  return {
    slots: [{ place: 'body', wire: 'body', schema, required: body.required, bind }],
    body: result,
  };
}

function describe(context: Context, body: Body, schema: JsonSchema): JsonSchema {
  if (body.description !== undefined)
    return { description: context.schemas.text(body.description, body.node, BODY) };
  const known = schema['description'] ?? resolved(schema, context.schemas.named)['description'];
  return typeof known === 'string' ? {} : { description: 'The request body' };
}

/** Whether a part is a file: bytes, or anything at all that is sent as what no text is (OpenAPI 3.1 §4.8.14.4). */
function isPartFile(
  context: Context,
  schema: JsonSchema,
  encoding: HttpEncoding | undefined,
): boolean {
  if (holdsFile(schema, context)) return true;
  const type = encoding?.contentType;
  const isBytes = type !== undefined && !isText(type) && !isJson(type) && !isForm(type);
  return isBytes && saysNothing(resolved(schema, context.schemas.named));
}

/** Bytes, or an array of them. */
function holdsFile(schema: JsonSchema, context: Context): boolean {
  const shape = resolved(schema, context.schemas.named);
  if (shape['format'] === 'binary') return true;
  const items = shape['items'];
  return isObject(items) && resolved(items, context.schemas.named)['format'] === 'binary';
}

function fileArgument(context: Context, schema: JsonSchema): JsonSchema {
  context.schemas.named.set(FILE_INPUT, fileInputSchema);
  const shape = resolved(schema, context.schemas.named);
  const description = schema['description'] ?? shape['description'];
  const file = { $ref: `#/$defs/${FILE_INPUT}`, ...(description !== undefined && { description }) };
  if (shape['items'] === undefined) return file;
  return {
    type: 'array',
    items: { $ref: `#/$defs/${FILE_INPUT}` },
    ...(description !== undefined && { description }),
  };
}

function withExample(schema: JsonSchema, value: unknown): JsonSchema {
  return value === undefined || schema['examples'] !== undefined || !saysSomething(value)
    ? schema
    : { ...schema, examples: [value] };
}

/** Encoding Objects (OpenAPI 3.1 §4.8.15); their headers are the sender's business and left out. */
function readEncoding(node: Node | undefined): Record<string, HttpEncoding> {
  if (!node) return {};
  const entries = children(node).flatMap((entry): [string, HttpEncoding][] => {
    const contentType = stringAt(entry, 'contentType')?.split(',')[0]?.trim();
    const style = (['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'] as const).find(
      (known) => known === stringAt(entry, 'style'),
    );
    const explode = child(entry, 'explode').value;
    const encoding: HttpEncoding = {
      ...(contentType !== undefined && !contentType.includes('*') && { contentType }),
      ...(style !== undefined && { style }),
      ...(typeof explode === 'boolean' && { explode }),
      ...(child(entry, 'allowReserved').value === true && { allowReserved: true }),
    };
    return Object.keys(encoding).length > 0 ? [[String(entry.key), encoding]] : [];
  });
  return Object.fromEntries(entries);
}

/** The names inside a body that had to change for the tool's schema: there → on the wire. */
export function renamedWithin(
  schema: JsonSchema,
  wireNames: ReadonlyMap<string, string>,
): Record<string, string> {
  const renamed = new Map<string, string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isObject(value)) return;
    if (isObject(value['properties'])) {
      for (const name of Object.keys(value['properties'])) {
        const wire = wireNames.get(name);
        if (wire !== undefined && propertyName(wire) === name) renamed.set(name, wire);
      }
    }
    Object.values(value).forEach(look);
  };
  if (wireNames.size > 0) look(schema);
  return Object.fromEntries([...renamed].sort(([a], [b]) => (a < b ? -1 : 1)));
}
