import { nestedPairs } from './nested-pairs.js';
import type { HttpParameter } from './operation.js';
import type { PairEncoding } from './percent-encoding.js';
import { isAbsent, isRecord, presentEntries, wireText } from './wire-text.js';

export type Style = NonNullable<HttpParameter['style']>;
export type Pair = [name: string, value: string];

const DELIMITERS: Partial<Record<Style, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/**
 * A value as `name=value` pairs, both sides encoded (OpenAPI 3.1 §4.8.12.3, RFC 6570 §3.2.8). A
 * list or object without members gives no pair. `explode` left out means the default of the
 * style.
 */
export function formPairs(
  name: string,
  value: unknown,
  how: { style?: Style; explode?: boolean },
  encode: PairEncoding,
): Pair[] {
  const style = how.style ?? 'form';
  const explode = how.explode ?? style === 'form';
  const pair = (key: string, text: string): Pair => [encode.name(key), encode.value(text)];
  if (isAbsent(value)) return [];
  if (style === 'deepObject') {
    return nestedPairs(name, value).map(([key, text]) => pair(key, text));
  }
  const members = membersOf(value);
  if (members === undefined) return [pair(name, wireText(value))];
  if (explode) return members.map(([key, text]) => pair(key ?? name, text));
  if (members.length === 0) return [];
  const delimiter = DELIMITERS[style];
  const separator = delimiter === undefined ? ',' : encode.value(delimiter);
  return [[encode.name(name), flatten(members).map(encode.value).join(separator)]];
}

/** Style `simple`: `a,b` · `R,100,G,200` · exploded `R=100,G=200` (RFC 6570 §3.2.2). */
export function simpleText(
  value: unknown,
  explode: boolean,
  encode: (text: string) => string,
): string {
  return joined(value, explode ? ['=', ','] : [',', ','], encode);
}

/** Style `label`: `.a,b` · exploded `.a.b`, `.R=100.G=200` (RFC 6570 §3.2.5). */
export function labelText(
  value: unknown,
  explode: boolean,
  encode: (text: string) => string,
): string {
  return `.${joined(value, explode ? ['=', '.'] : [',', ','], encode)}`;
}

/**
 * Style `matrix`: `;n=a,b` · exploded `;n=a;n=b`, `;R=100;G=200`; an empty text is `;n` (RFC
 * 6570 §3.2.7).
 */
export function matrixText(
  name: string,
  value: unknown,
  explode: boolean,
  encode: (text: string) => string,
): string {
  const one = (key: string, text: string) => `;${encode(key)}${text === '' ? '' : `=${text}`}`;
  const members = membersOf(value);
  if (!explode || members === undefined) return one(name, joined(value, [',', ','], encode));
  return members.map(([key, text]) => one(key ?? name, encode(text))).join('');
}

function joined(
  value: unknown,
  [inside, between]: [string, string],
  encode: (text: string) => string,
): string {
  const members = membersOf(value);
  if (members === undefined) return encode(wireText(value));
  return members
    .map(([key, text]) =>
      key === undefined ? encode(text) : `${encode(key)}${inside}${encode(text)}`,
    )
    .join(between);
}

/**
 * Members of a list (without key) or of an object; undefined for a primitive. Nested members
 * become JSON.
 */
function membersOf(value: unknown): [key: string | undefined, text: string][] | undefined {
  if (Array.isArray(value)) {
    return value
      .filter((item) => !isAbsent(item))
      .map((item: unknown) => [undefined, wireText(item)]);
  }
  if (isRecord(value)) return presentEntries(value).map(([key, member]) => [key, wireText(member)]);
  return undefined;
}

function flatten(members: [string | undefined, string][]): string[] {
  return members.flatMap(([key, text]) => (key === undefined ? [text] : [key, text]));
}
