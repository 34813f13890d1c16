import { isMediaType } from './media-type.js';
import type { HttpBody } from './operation.js';
import { Refusal } from './refusal.js';
import { isRecord } from './wire-text.js';

/** A file argument whose bytes are there. */
export type FileContent = { bytes: Uint8Array; filename?: string; mediaType?: string };

/** True for values that `loadFiles` has put in: arguments come from JSON and hold no bytes. */
export function isFileContent(value: unknown): value is FileContent {
  return isRecord(value) && value.bytes instanceof Uint8Array;
}

/**
 * Replaces every file argument (`FileInput`, or a base64 text) by its bytes; other arguments
 * stay. Throws Refusal for invalid base64, URIs that hold no data and media types that are none.
 */
export function loadFiles(
  body: HttpBody | undefined,
  args: Record<string, unknown>,
): Record<string, unknown> {
  const files = new Set(body?.files);
  if (body === undefined || files.size === 0) return args;
  const loaded: Record<string, unknown> = { ...args };
  for (const [argument, wireName] of Object.entries(body.fields ?? {})) {
    if (files.has(wireName)) loaded[argument] = loadFile(args[argument], argument);
  }
  if (body.argument === undefined) return loaded;
  const whole = args[body.argument];
  if (files.has('*')) {
    loaded[body.argument] = loadFile(whole, body.argument);
  } else if (isRecord(whole)) {
    const members = { ...whole };
    for (const key of Object.keys(whole)) {
      if (!files.has(wireNameOf(key, body.rename))) continue;
      members[key] = loadFile(whole[key], `${body.argument}.${key}`);
    }
    loaded[body.argument] = members;
  }
  return loaded;
}

/** Name on the wire of a property that had to be renamed for the tool's schema. */
export function wireNameOf(key: string, rename: Record<string, string> | undefined): string {
  return rename !== undefined && Object.hasOwn(rename, key) ? rename[key]! : key;
}

/**
 * The bytes of a base64 text, standard or URL-safe; undefined when it is none. White space is
 * ignored.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact)) return undefined;
  if (compact.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Buffer.from(compact, 'base64');
}

function loadFile(value: unknown, place: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => loadFile(item, `${place}[${index}]`));
  }
  if (typeof value === 'string') {
    return value.startsWith('data:') ? fromDataUri(value, place) : fromBase64(value, place);
  }
  if (!isRecord(value)) return value;
  const { data, uri, filename, mediaType } = value;
  if (typeof mediaType === 'string' && !isMediaType(mediaType)) {
    throw new Refusal(`${place}.mediaType: must look like "image/png".`);
  }
  const content = contentOf(data, uri, place);
  const type = typeof mediaType === 'string' ? mediaType : content.mediaType;
  return {
    bytes: content.bytes,
    ...(typeof filename === 'string' ? { filename } : {}),
    ...(type === undefined ? {} : { mediaType: type }),
  };
}

function contentOf(data: unknown, uri: unknown, place: string): FileContent {
  if (typeof data === 'string') {
    return data.startsWith('data:') ? fromDataUri(data, place) : fromBase64(data, place);
  }
  if (typeof uri !== 'string') {
    throw new Refusal(`${place}: give the bytes as base64 in "data", or a data: URI in "uri".`);
  }
  if (uri.startsWith('data:')) return fromDataUri(uri, place);
  // Nothing is fetched for a model: it could ask for what only this server can reach.
  throw new Refusal(`${place}.uri: is no data: URI; give the bytes as base64 in "data".`);
}

function fromBase64(text: string, place: string): FileContent {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw new Refusal(`${place}: is not valid base64.`);
  return { bytes };
}

/** RFC 2397. */
function fromDataUri(uri: string, place: string): FileContent {
  const comma = uri.indexOf(',');
  const head = uri.slice('data:'.length, comma);
  if (comma < 0) throw new Refusal(`${place}: the data: URI has no comma before its content.`);
  const base64 = /;\s*base64$/i.test(head);
  const type = head.replace(/;\s*base64$/i, '');
  const content = uri.slice(comma + 1);
  const { bytes } = base64 ? fromBase64(unescape(content, place), place) : fromText(content, place);
  return isMediaType(type) ? { bytes, mediaType: type } : { bytes };
}

function fromText(content: string, place: string): FileContent {
  return { bytes: Buffer.from(unescape(content, place)) };
}

function unescape(content: string, place: string): string {
  try {
    return decodeURIComponent(content);
  } catch {
    throw new Refusal(`${place}: the data: URI holds an invalid percent-encoding.`);
  }
}
