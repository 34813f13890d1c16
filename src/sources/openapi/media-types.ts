import type { MediaType } from './operation.js';

/** `application/json; charset=utf-8` → `application/json`. */
function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

/** JSON in any of its names (RFC 6839 `+json`). */
export function isJson(type: string): boolean {
  return /^(?:application|text)\/(?:json|[a-z0-9.+*_-]*\+json|x-json|json5)$/.test(essence(type));
}

export function isMultipart(type: string): boolean {
  return essence(type).startsWith('multipart/');
}

export function isForm(type: string): boolean {
  return essence(type) === 'application/x-www-form-urlencoded';
}

/** Text that a model can write and read as it is, XML included. */
export function isText(type: string): boolean {
  return /^text\/|^application\/(?:xml|.*\+xml|.*yaml|javascript|graphql|sql|x-ndjson|.*jsonl?)$/.test(
    essence(type),
  );
}

/** Fewer is preferred: what an argument object maps to without loss comes first. */
function rank(type: string): number {
  const name = essence(type);
  if (name === 'application/json') return 0;
  if (isJson(type)) return name.startsWith('text/') ? 2 : 1;
  if (isMultipart(type)) return 3;
  if (isForm(type)) return 4;
  if (name === '*/*' || name === 'application/*') return 5;
  if (isText(type)) return 7;
  return 6;
}

/** The media type that a body is sent in, or a response is asked for in. */
export function preferred(content: readonly MediaType[]): MediaType | undefined {
  return [...content].sort((a, b) => rank(a.type) - rank(b.type))[0];
}

/** A type that can stand in a Content-Type header, for one that may be a range (`image/*`, `application/*+json`). */
export function concrete(type: string, isStructured: boolean): string {
  const name = essence(type);
  if (!/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+*-]+$/.test(name))
    return isStructured ? 'application/json' : 'application/octet-stream';
  if (!name.includes('*')) return /[^\x20-\x7e]/.test(type) ? name : type;
  if (name.endsWith('+json') || isStructured) return 'application/json';
  return name.startsWith('text/') ? 'text/plain' : 'application/octet-stream';
}
