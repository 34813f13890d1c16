import assert from 'node:assert/strict';
import { parse } from 'lossless-json';
import type { HttpBody, HttpParameter } from '../../../src/runtime/http/operation.js';
import type { HttpTool } from '../../../src/runtime/http/http-tool.js';
import { basePath, credentialsOf, givenValue } from './apis.js';
import type { Received } from './upstream.js';

/** Asserts that a request is the one that a tool describes, with every argument in its place. */
export function assertArrived(
  tool: HttpTool,
  args: Record<string, unknown>,
  received: Received,
): void {
  const { request } = tool;
  const url = new URL(received.target, 'http://upstream');
  assert.equal(received.method, request.method);
  assert.match(url.pathname, pathPattern(tool));
  for (const parameter of request.parameters ?? []) {
    const value = parameter.given
      ? givenValue(request.source, parameter.argument)
      : args[parameter.argument];
    if (!isEmpty(value)) assertParameter(parameter, value, url, received);
  }
  if (request.body !== undefined) assertBody(request.body, args, received);
  assertCredentials(tool, url, received);
}

/** The template's path below the base URL, with something in each of its gaps. */
function pathPattern({ request }: HttpTool): RegExp {
  const path = request.path.split(/[?#]/)[0] ?? '';
  const raw = request.parameters?.some(
    ({ in: place, allowReserved }) => place === 'path' && allowReserved,
  );
  const pattern = path
    .split(/\{[^{}]*\}/)
    .map((text) => escapeRegExp(new URL(`http://upstream/${text}`).pathname.slice(1)))
    .join(raw ? '.+' : '[^/]+');
  const base = escapeRegExp(basePath(request.source, request.server));
  return new RegExp(`^${base}${pattern}$`);
}

function assertParameter(
  parameter: HttpParameter,
  value: unknown,
  url: URL,
  { headers }: Received,
): void {
  const name = parameter.name ?? parameter.argument;
  switch (parameter.in) {
    case 'path':
      for (const part of leaves(value)) {
        assert.ok(decodeURIComponent(url.pathname).includes(part), `${name} is in the path`);
      }
      return;
    case 'query': {
      const names = [...url.searchParams.keys()];
      for (const expected of queryNames(parameter, name, value)) {
        const found = names.some((key) => key === expected || key.startsWith(`${expected}[`));
        assert.ok(found, `${expected} is in the query`);
      }
      return;
    }
    case 'querystring':
      assert.notEqual(url.search, '');
      return;
    case 'header':
      assert.notEqual(headers[name.toLowerCase()], undefined, `${name} is a header`);
      return;
    case 'cookie':
      for (const expected of queryNames(parameter, name, value)) {
        assert.ok(headers.cookie?.includes(`${expected}=`), `${expected} is a cookie`);
      }
  }
}

/** The fields of an object travel under their own names in the form style (OpenAPI 3.1, Style Values). */
function queryNames(parameter: HttpParameter, name: string, value: unknown): string[] {
  const { style = 'form', explode = style === 'form', contentType } = parameter;
  if (contentType !== undefined || style !== 'form' || !explode || !isRecord(value)) return [name];
  return Object.keys(value).filter((key) => !isEmpty(value[key]));
}

function assertBody(body: HttpBody, args: Record<string, unknown>, received: Received): void {
  const fields = Object.entries(body.fields ?? {}).filter(([argument]) => !isEmpty(args[argument]));
  const whole = body.argument === undefined ? undefined : args[body.argument];
  if (fields.length === 0 && whole === undefined) return;

  const type = received.headers['content-type']?.split(';')[0]?.trim() ?? '';
  const wanted = body.contentType.split(';')[0]?.trim() ?? '';
  // A range such as `image/*` leaves the subtype to the file.
  if (wanted.endsWith('/*')) assert.equal(type.replace(/[^/]*$/, '*'), wanted);
  else assert.equal(type, wanted);
  const text = received.body.toString('utf8');
  if (/^application\/(?:.+\+)?json\b/.test(body.contentType)) {
    // Numbers as they are written, however large.
    const sent = parse(text, undefined, (digits) => digits);
    if (body.rename !== undefined) return;
    if (whole !== undefined) return assert.deepEqual(comparable(sent), comparable(whole));
    for (const [argument, name] of fields) {
      const value = (sent as Record<string, unknown>)[name];
      assert.deepEqual(comparable(value), comparable(args[argument]), `${name} is in the body`);
    }
    return;
  }
  assert.notEqual(text, '');
  for (const [, name] of fields) {
    const marks = body.contentType.startsWith('multipart/')
      ? [`name="${name}"`]
      : [encodeURIComponent(name), name];
    assert.ok(
      marks.some((mark) => text.includes(mark)),
      `${name} is in the body`,
    );
  }
}

function assertCredentials(tool: HttpTool, url: URL, { headers }: Received): void {
  for (const scheme of credentialsOf(tool) ?? []) {
    if (scheme.type !== 'apiKey') assert.notEqual(headers.authorization, undefined);
    else if (scheme.in === 'query') assert.ok(url.searchParams.has(scheme.name));
    else if (scheme.in === 'cookie') assert.ok(headers.cookie?.includes(`${scheme.name}=`));
    else assert.notEqual(headers[scheme.name.toLowerCase()], undefined);
  }
}

/** Numbers as text: integers of any size may be given as strings and are sent as numbers. */
function comparable(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]));
}

function leaves(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap(leaves);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
