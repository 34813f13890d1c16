import type { HttpParameter, HttpSecurityScheme, ParameterStyle } from '../../blueprint/types.js';
import { closest } from '../../diagnostics/closest.js';
import type { Context } from './context.js';
import { givenKey, type GivenEntries } from './given-parameters.js';
import { child, stringAt, type Node } from './node.js';
import type { Operation, Parameter } from './operation.js';
import { describedSchema, type Slot } from './slot.js';

/** Headers that belong to the connection, the credentials or the body, whatever a document says. */
const RESERVED_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'cookie2',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** Styles by place (OpenAPI 3.1 §4.8.12.3); the first is the default. */
const STYLES: Record<Parameter['in'], readonly ParameterStyle[]> = {
  path: ['simple', 'label', 'matrix', 'spaceDelimited', 'pipeDelimited', 'tabDelimited'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'tabDelimited', 'deepObject'],
  querystring: ['form'],
  header: ['simple', 'spaceDelimited', 'pipeDelimited', 'tabDelimited'],
  cookie: ['form'],
};

/**
 * Path, query, header and cookie parameters as arguments, the path with plain placeholders, and the bindings to fill; those
 * that mcp.yaml gives are bound already.
 */
export function readParameters(
  context: Context,
  operation: Operation,
  schemes: Record<string, HttpSecurityScheme>,
  given: GivenEntries = {},
): { slots: Slot[]; path: string; bindings: HttpParameter[] } {
  const bindings: HttpParameter[] = [];
  for (const node of operation.misplaced) reportMisplaced(context, node);
  const path = plainPath(operation.path);
  const placeholders = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? ''));
  const wanted = operation.parameters.filter(
    (parameter) =>
      parameter.name !== '' &&
      !isReserved(parameter, schemes) &&
      (parameter.in !== 'path' || placeholders.has(parameter.name)),
  );
  const declared = new Set(wanted.filter((p) => p.in === 'path').map((p) => p.name));
  const missing = [...placeholders].filter((name) => !declared.has(name));
  for (const name of missing) context.findings.add('MCP209', { name }, operation.node);
  const inferred = missing.map((name): Parameter => ({
    name,
    in: 'path',
    required: true,
    node: operation.node,
    deprecated: false,
    allowReserved: false,
  }));
  const slots = [...wanted, ...inferred].flatMap((parameter): Slot[] => {
    const key = givenKey(given, parameter);
    if (key !== undefined) {
      bindings.push({ ...binding(parameter, key), given: true });
      return [];
    }
    const { examples, ...schema } = inferred.includes(parameter)
      ? { type: 'string' }
      : describedSchema(context, parameter);
    const slot: Slot = {
      place: parameter.in,
      wire: parameter.name,
      schema: { ...schema, ...(examples !== undefined && { examples }) },
      required: parameter.required,
      bind: (argument) => bindings.push(binding(parameter, argument)),
    };
    return [slot];
  });
  return { slots, path, bindings };
}

function reportMisplaced(context: Context, node: Node): void {
  const place = stringAt(node, 'in') ?? '';
  const suggestion = closest(place, Object.keys(STYLES));
  const fields = { name: stringAt(node, 'name') ?? '', place };
  context.findings.add(
    'MCP212',
    { ...fields, ...(suggestion !== undefined && { suggestion }) },
    child(node, 'in'),
  );
}

/** `{name=shelves/*}` and `{+name}` are ways of other description languages to write `{name}`. */
function plainPath(path: string): string {
  return path.replaceAll(/\{\+?([^{}=*]+)(?:=[^{}]*|\*)?\}/g, '{$1}');
}

/** Whether a parameter belongs to the request itself or to a credential: no argument has it. */
export function isReserved(
  parameter: Parameter,
  schemes: Record<string, HttpSecurityScheme>,
): boolean {
  const name = parameter.name.toLowerCase();
  if (
    parameter.in === 'header' &&
    (RESERVED_HEADERS.has(name) || name.startsWith('proxy-') || name.startsWith('sec-'))
  )
    return true;
  // A credential is the operator's, never the model's.
  return Object.values(schemes).some(
    (scheme) =>
      scheme.type === 'apiKey' && scheme.in === parameter.in && scheme.name.toLowerCase() === name,
  );
}

function binding(parameter: Parameter, argument: string): HttpParameter {
  const allowed = STYLES[parameter.in];
  const style = allowed.find((known) => known === parameter.style);
  const isDefaultStyle = style === undefined || style === allowed[0];
  const explodes = (style ?? allowed[0]) === 'form' || style === 'deepObject';
  return {
    argument,
    ...(argument !== parameter.name && { name: parameter.name }),
    in: parameter.in,
    ...(!isDefaultStyle && { style }),
    ...(parameter.explode !== undefined &&
      parameter.explode !== explodes && { explode: parameter.explode }),
    ...(parameter.allowReserved && { allowReserved: true }),
    ...(parameter.contentType !== undefined && { contentType: parameter.contentType }),
  };
}
