import { isMediaType } from './media-type.js';
import type { HttpBody } from './operation.js';
import { Refusal } from './refusal.js';
import { isRecord } from './wire-text.js';

/** A file argument whose bytes are there. */
export type FileContent = { bytes: Uint8Array; filename?: string; mediaType?: string };

/** Reads a resource of this server; undefined when there is none of that name. */
export type ReadResource = (
  uri: string,
) => Promise<{ bytes: Uint8Array; mediaType?: string } | undefined>;

/** True for values that `loadFiles` has put in: arguments come from JSON and hold no bytes. */
export function isFileContent(value: unknown): value is FileContent {
  return isRecord(value) && value.bytes instanceof Uint8Array;
}

/**
 * Replaces every file argument (`FileInput`, or a base64 text) by its bytes; other arguments
 * stay. Throws Refusal for invalid base64, unknown URIs and media types that are none.
 */
export async function loadFiles(
  body: HttpBody | undefined,
  args: Record<string, unknown>,
  readResource?: ReadResource,
): Promise<Record<string, unknown>> {
  const files = new Set(body?.files);
  if (body === undefined || files.size === 0) return args;
  const load = (value: unknown, place: string) => loadFile(value, place, readResource);
  const loaded: Record<string, unknown> = { ...args };
  for (const [argument, wireName] of Object.entries(body.fields ?? {})) {
    if (files.has(wireName)) loaded[argument] = await load(args[argument], argument);
  }
  if (body.argument === undefined) return loaded;
  const whole = args[body.argument];
  if (files.has('*')) {
    loaded[body.argument] = await load(whole, body.argument);
  } else if (isRecord(whole)) {
    const members = { ...whole };
    for (const key of Object.keys(whole)) {
      if (!files.has(wireNameOf(key, body.rename))) continue;
      members[key] = await load(whole[key], `${body.argument}.${key}`);
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

async function loadFile(value: unknown, place: string, read?: ReadResource): Promise<unknown> {
  if (Array.isArray(value)) {
    return Promise.all(value.map((item, index) => loadFile(item, `${place}[${index}]`, read)));
  }
  if (typeof value === 'string') {
    return value.startsWith('data:') ? fromDataUri(value, place) : fromBase64(value, place);
  }
  if (!isRecord(value)) return value;
  const { data, uri, filename, mediaType } = value;
  if (typeof mediaType === 'string' && !isMediaType(mediaType)) {
    throw new Refusal(`${place}.mediaType: must look like "image/png".`);
  }
  const content = await contentOf(data, uri, place, read);
  const name = typeof filename === 'string' ? filename : content.filename;
  const type = typeof mediaType === 'string' ? mediaType : content.mediaType;
  return {
    bytes: content.bytes,
    ...(name === undefined ? {} : { filename: name }),
    ...(type === undefined ? {} : { mediaType: type }),
  };
}

async function contentOf(
  data: unknown,
  uri: unknown,
  place: string,
  read?: ReadResource,
): Promise<FileContent> {
  if (typeof data === 'string') {
    return data.startsWith('data:') ? fromDataUri(data, place) : fromBase64(data, place);
  }
  if (typeof uri !== 'string') {
    throw new Refusal(`${place}: give the bytes as base64 in "data", or a "uri".`);
  }
  if (uri.startsWith('data:')) return fromDataUri(uri, place);
  const resource = await read?.(uri);
  if (resource === undefined) {
    throw new Refusal(
      `${place}.uri: is no resource of this server; give the bytes as base64 in "data".`,
    );
  }
  const filename = uri.split(/[?#]/)[0]!.split('/').pop();
  return { ...resource, ...(filename ? { filename } : {}) };
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
