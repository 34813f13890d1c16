/** `text/html; charset=utf-8` → `text/html`; an empty text where there is none. */
export function essence(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Longest type that is repeated to a model; registered ones have 127 characters on each side at most (RFC 6838 §4.2). */
const MAX_CHARS = 255;

/**
 * The essence of a response's Content-Type where it is one; otherwise an empty text, as where there is none: what an upstream
 * says there is repeated in messages.
 */
export function declaredType(contentType: string | undefined): string {
  const declared = essence(contentType);
  const isType = declared.length <= MAX_CHARS && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(declared);
  return isType ? declared : '';
}

/** A parameter of a media type, without quotes. */
export function mediaParameter(contentType: string | undefined, name: string): string | undefined {
  for (const part of (contentType ?? '').split(';').slice(1)) {
    const [key = '', value = ''] = part.split('=');
    if (key.trim().toLowerCase() === name) return value.trim().replace(/^"(.*)"$/, '$1');
  }
  return undefined;
}

/** `application/json`, `text/json` and every `+json` type; line-wise JSON is text. */
export function isJson(type: string): boolean {
  return /^(application|text)\/json$|\+json$/.test(essence(type));
}

/** Types whose bytes are characters that a model can read. */
export function isText(type: string): boolean {
  return (
    isJson(type) ||
    /^text\/|[/+](xml|yaml)$|^application\/(x-)?(ndjson|jsonl|json-seq|yaml|toml|javascript|ecmascript|x-www-form-urlencoded|graphql|sql)$|^image\/svg\+xml$/.test(
      essence(type),
    )
  );
}

/** Types that arrive bit by bit and may never end. */
export function isStream(type: string): boolean {
  return /^text\/event-stream$|^application\/((x-)?ndjson|jsonl|stream\+json|json-seq)$/.test(
    essence(type),
  );
}

/** A concrete `type/subtype`, with parameters or without, that is safe inside a header. */
export function isMediaType(text: string): boolean {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w!#$&^.+-]+=("[\w !#$&^.+:/=-]*"|[\w!#$&^.+:-]+))*$/.test(
    text,
  );
}
