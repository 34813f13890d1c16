import { formText, isForm } from './form-body.js';
import { isJson } from './media-type.js';
import type { GivenValues } from './given-values.js';
import type { HttpOperation, HttpParameter } from './operation.js';
import { formPairs, labelText, matrixText, simpleText, type Pair } from './parameter-styles.js';
import { encodeName, encodeReserved, encodeValue } from './percent-encoding.js';
import { Refusal } from './refusal.js';
import { argumentHeader, isToken } from './request-headers.js';
import { isAbsent, isRecord, jsonText, wireText } from './wire-text.js';

/** Parameters in the form in which they go into a request: everything encoded. */
export type WireParameters = {
  /** Placeholder of the path template → text. */
  path: Map<string, string>;
  query: Pair[];
  /** A whole query string, from `in: querystring`. */
  querystring?: string;
  headers: [name: string, value: string][];
  cookies: Pair[];
};

const raw = (text: string) => text;

/**
 * Serialises the arguments that are parameters (OpenAPI 3.1 §4.8.12), and what is given in their place. Absent ones are left
 * out.
 * Throws Refusal.
 */
export function encodeParameters(
  operation: HttpOperation,
  args: Record<string, unknown>,
  given?: GivenValues,
): WireParameters {
  const wire: WireParameters = { path: new Map(), query: [], headers: [], cookies: [] };
  for (const parameter of operation.parameters ?? []) {
    const argument = valueOf(parameter, args, given);
    if (isAbsent(argument)) continue;
    const value = withContent(parameter, argument);
    const name = parameter.name ?? parameter.argument;
    if (parameter.in === 'path') wire.path.set(name, pathText(name, value, parameter));
    if (parameter.in === 'query') wire.query.push(...queryPairs(name, value, parameter));
    if (parameter.in === 'querystring') wire.querystring = wholeQuery(parameter, argument);
    if (parameter.in === 'header') {
      const text = simpleText(value, parameter.explode ?? false, raw);
      wire.headers.push([name, argumentHeader(parameter.argument, name, text)]);
    }
    if (parameter.in === 'cookie') wire.cookies.push(...cookiePairs(name, value, parameter));
  }
  return wire;
}

function valueOf(
  parameter: HttpParameter,
  args: Record<string, unknown>,
  given: GivenValues | undefined,
): unknown {
  if (parameter.given) return given?.get(parameter.argument);
  return Object.hasOwn(args, parameter.argument) ? args[parameter.argument] : undefined;
}

/** A parameter described by `content` is serialised first, and is one string from then on. */
function withContent({ contentType }: HttpParameter, value: unknown): unknown {
  if (contentType === undefined) return value;
  if (isJson(contentType)) return jsonText(value);
  if (isForm(contentType) && isRecord(value)) return formText(value);
  return wireText(value);
}

function pathText(name: string, value: unknown, parameter: HttpParameter): string {
  const explode = parameter.explode ?? false;
  // A slash, question mark or hash would change the path even where reserved characters stay.
  const encode = parameter.allowReserved
    ? (text: string) => encodeReserved(text).replace(/[/?#]/g, encodeURIComponent)
    : encodeValue;
  if (parameter.style === 'matrix') return matrixText(name, value, explode, encode);
  if (parameter.style === 'label') return labelText(value, explode, encode);
  const text = simpleText(value, explode, encode);
  if (text === '')
    throw new Refusal(`${parameter.argument}: is part of the path and must not be empty.`);
  return text;
}

function queryPairs(name: string, value: unknown, parameter: HttpParameter): Pair[] {
  const encode = {
    name: encodeName,
    value: parameter.allowReserved ? encodeReserved : encodeValue,
  };
  return formPairs(name, value, parameter, encode);
}

function cookiePairs(name: string, value: unknown, parameter: HttpParameter): Pair[] {
  const pairs = formPairs(name, value, parameter, { name: encodeName, value: encodeValue });
  if (pairs.every(([key]) => isToken(key))) return pairs;
  throw new Refusal(`${parameter.argument}: cannot be sent as a cookie.`);
}

/** `in: querystring` (OpenAPI 3.2): the whole query is the serialised content. */
function wholeQuery(parameter: HttpParameter, value: unknown): string {
  const { contentType = 'application/x-www-form-urlencoded' } = parameter;
  if (isForm(contentType) && isRecord(value)) return formText(value);
  return encodeValue(isJson(contentType) ? jsonText(value) : wireText(value));
}
