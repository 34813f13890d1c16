/** How the two halves of a `name=value` pair are written. */
export type PairEncoding = { name: (text: string) => string; value: (text: string) => string };

/**
 * Percent-encodes all but the unreserved characters (RFC 3986 §2.3). Throws URIError on lone
 * surrogates.
 */
export function encodeValue(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}

/**
 * Like `encodeValue`, but `$` stays: OData names such as `$select` are written that way by
 * everybody.
 */
export function encodeName(text: string): string {
  return encodeValue(text).replaceAll('%24', '$');
}

/**
 * Reserved expansion (RFC 6570 §3.2.3) inside a query value: reserved characters and
 * percent-encoded triples pass, but not those that would end the value or the query, start
 * another pair, or that a query may not hold.
 */
export function encodeReserved(text: string): string {
  return text
    .split(/(%[0-9A-Fa-f]{2}|[:/?@!$'()*,;=])/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeValue(piece)))
    .join('');
}

/**
 * A name or value of `application/x-www-form-urlencoded`: like `encodeValue`, with `+` for a
 * space.
 */
export function encodeForm(text: string): string {
  return encodeValue(text).replaceAll('%20', '+');
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
