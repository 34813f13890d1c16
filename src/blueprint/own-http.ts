import { diagnostic } from '../diagnostics/catalog.js';
import { closest } from '../diagnostics/closest.js';
import { InputError, type Origin } from '../diagnostics/diagnostic.js';
import type {
  HttpBinding,
  HttpBody,
  HttpParameter,
  JsonSchema,
  Source,
  ToolAnnotations,
} from './types.js';

/** A request as mcp.yaml has it: `${args.x}` where an argument stands. */
export type CustomRequest = {
  source: string;
  method: string;
  path: string;
  query?: Record<string, string | number | boolean> | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | Record<string, string> | undefined;
  contentType?: string | undefined;
};

const ARGUMENT = /^\$\{args\.([A-Za-z0-9_.-]+)\}$/;

/**
 * The request of a tool that is declared without code. Throws an InputError (MCP720) for a source that there is not, arguments
 * that the input does not have, path parameters that may be missing, and arguments that go nowhere.
 */
export function ownRequest(
  key: string,
  request: CustomRequest,
  context: { input: JsonSchema; sources: readonly Source[]; origin: Origin },
): HttpBinding {
  const { input, sources, origin } = context;
  const properties = (input['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set((input['required'] ?? []) as string[]);
  const used = new Set<string>();
  const refuse = (path: string[], why: string, suggestion?: string): never => {
    const place = { origin: { file: origin.file, path: [...origin.path, 'http', ...path] } };
    const fields = { tool: key, why, ...(suggestion !== undefined && { suggestion }) };
    throw new InputError([diagnostic('MCP720', fields, place)]);
  };
  const take = (name: string, path: string[]): string => {
    used.add(name);
    if (Object.hasOwn(properties, name)) return name;
    return refuse(path, `its input has no ${name}`, closest(name, Object.keys(properties)));
  };
  const argument = (text: string, path: string[]): string => {
    const [, name] = ARGUMENT.exec(text) ?? [];
    if (name === undefined) return refuse(path, 'it must be an argument, as in ${args.city}');
    return take(name, path);
  };

  const source = sources.find(({ id }) => id === request.source);
  if (source?.kind !== 'http') {
    const apis = sources.filter(({ kind }) => kind === 'http').map(({ id }) => id);
    return refuse(
      ['source'],
      `there is no API called ${request.source}`,
      closest(request.source, apis),
    );
  }
  const inPath = [...request.path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  for (const name of inPath) {
    take(name, ['path']);
    if (!required.has(name))
      refuse(['path'], `${name} stands in the path, so the input must require it`);
  }
  const query = Object.entries(request.query ?? {});
  const constants = query.filter(([, value]) => !ARGUMENT.test(String(value)));
  for (const [name, value] of constants) {
    if (String(value).includes('${'))
      refuse(['query', name], 'it must be one argument, as in ${args.city}, or a constant');
  }
  const parameters: HttpParameter[] = [
    ...inPath.map((name) => ({ argument: name, in: 'path' as const })),
    ...query
      .filter(([, value]) => ARGUMENT.test(String(value)))
      .map(([name, value]) => parameter('query', name, argument(String(value), ['query', name]))),
    ...Object.entries(request.headers ?? {}).map(([name, value]) =>
      parameter('header', name, argument(value, ['headers', name])),
    ),
  ];
  const body = bodyOf(request, argument);
  const unused = Object.keys(properties).filter((name) => !used.has(name));
  if (unused.length > 0) refuse([], `${unused.join(', ')} of its input goes nowhere`);
  const schemes = Object.keys(source.securitySchemes);
  const isDeclared = schemes.length === 1 && schemes[0] === 'auth';
  const security = [...schemes.map((name) => ({ [name]: [] })), ...(isDeclared ? [] : [{}])];
  return {
    kind: 'http',
    source: source.id,
    method: request.method,
    path: withQuery(request.path, constants),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { body }),
    ...(schemes.length > 0 && { security }),
  };
}

function parameter(place: 'query' | 'header', name: string, argument: string): HttpParameter {
  return { argument, ...(name !== argument && { name }), in: place };
}

function bodyOf(
  { body, contentType = 'application/json' }: CustomRequest,
  argument: (text: string, path: string[]) => string,
): HttpBody | undefined {
  if (body === undefined) return undefined;
  if (typeof body === 'string') return { contentType, argument: argument(body, ['body']) };
  const fields = Object.entries(body).map(([name, value]) => [
    argument(value, ['body', name]),
    name,
  ]);
  return { contentType, fields: Object.fromEntries(fields) };
}

function withQuery(path: string, constants: [string, unknown][]): string {
  if (constants.length === 0) return path;
  const query = constants.map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${path}?${query.join('&')}`;
}

/** What a method says of a tool (RFC 9110 §9.2). */
export function annotationsOfMethod(method: string): ToolAnnotations {
  if (['GET', 'HEAD', 'OPTIONS', 'QUERY'].includes(method))
    return { readOnlyHint: true, openWorldHint: true };
  const idempotentHint = method === 'PUT' || method === 'DELETE';
  return {
    readOnlyHint: false,
    destructiveHint: method !== 'POST',
    idempotentHint,
    openWorldHint: true,
  };
}
