import { essence, isJson } from './media-type.js';
import { nestedPairs } from './nested-pairs.js';
import type { HttpEncoding } from './operation.js';
import { formPairs, type Pair } from './parameter-styles.js';
import { encodeForm, encodeReserved, type PairEncoding } from './percent-encoding.js';
import { isAbsent, isRecord, jsonText, presentEntries, wireText } from './wire-text.js';

/**
 * The text of an `application/x-www-form-urlencoded` body (OpenAPI 3.1 §4.8.15.2). Without
 * `encoding`, lists repeat their name and objects nest in brackets:
 * `expand=a&expand=b&metadata%5Bk%5D=v`.
 */
export function formText(
  body: Record<string, unknown>,
  encoding: Record<string, HttpEncoding> = {},
): string {
  return presentEntries(body)
    .flatMap(([name, value]) => fieldPairs(name, value, encoding[name] ?? {}))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** One field of a form as encoded pairs. */
function fieldPairs(name: string, value: unknown, encoding: HttpEncoding): Pair[] {
  const encode: PairEncoding = {
    name: (text) => encodeForm(text).replaceAll('%24', '$'),
    value: encoding.allowReserved ? encodeReserved : encodeForm,
  };
  if (hasStyle(encoding)) return formPairs(name, value, encoding, encode);
  if (isJson(encoding.contentType ?? '')) {
    return [[encode.name(name), encode.value(jsonText(value))]];
  }
  return plainPairs(name, value).map(([key, text]) => [encode.name(key), encode.value(text)]);
}

/**
 * True when style or explode decide how a field is written, and its content type does not
 * (OpenAPI 3.1 §4.8.15.1).
 */
export function hasStyle(encoding: HttpEncoding): boolean {
  return encoding.style !== undefined || encoding.explode !== undefined;
}

/**
 * A field as unencoded pairs when nothing says how: lists of primitives repeat, everything else
 * nests.
 */
function plainPairs(name: string, value: unknown): [name: string, text: string][] {
  const simpleList = Array.isArray(value) && !value.some((item) => isNested(item));
  if (!simpleList) return nestedPairs(name, value);
  return value.filter((item) => !isAbsent(item)).map((item: unknown) => [name, wireText(item)]);
}

/** True for `application/x-www-form-urlencoded`. */
export function isForm(contentType: string): boolean {
  return essence(contentType) === 'application/x-www-form-urlencoded';
}

function isNested(value: unknown): boolean {
  return Array.isArray(value) || isRecord(value);
}
