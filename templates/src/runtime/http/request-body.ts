import { decodeBase64, isFileContent, wireNameOf } from './file-content.js';
import { formText, isForm } from './form-body.js';
import { isJson, isText } from './media-type.js';
import { multipartBytes } from './multipart-body.js';
import type { HttpBody } from './operation.js';
import { Refusal } from './refusal.js';
import { isRecord, jsonText, wireText } from './wire-text.js';

export type EncodedBody = { contentType: string; content: string | Uint8Array };

/**
 * The request body (OpenAPI 3.1 §4.8.13-15): JSON, forms, multipart, text or bytes, as its
 * content type says. Undefined when nothing was given and nothing is required. File arguments
 * have to be loaded. Throws Refusal.
 */
export function encodeBody(
  body: HttpBody,
  args: Record<string, unknown>,
  boundary: string,
): EncodedBody | undefined {
  const value = bodyValue(body, args);
  if (value === undefined) return undefined;
  const { contentType } = body;
  if (isForm(contentType) && isRecord(value)) {
    return { contentType, content: formText(value, body.encoding) };
  }
  if (/^multipart\//i.test(contentType) && isRecord(value)) {
    const type = contentType.replace(/;\s*boundary=("[^"]*"|[^;]*)/i, '');
    return {
      contentType: `${type}; boundary=${boundary}`,
      content: multipartBytes(value, body.encoding ?? {}, type, boundary),
    };
  }
  if (isJson(contentType)) return { contentType, content: jsonText(value) };
  if (isFileContent(value)) {
    // A range such as `image/*` or `*/*` leaves the type to the file.
    const type = contentType.includes('*') ? undefined : contentType;
    return {
      contentType: type ?? value.mediaType ?? 'application/octet-stream',
      content: value.bytes,
    };
  }
  if (isText(contentType) || isForm(contentType) || typeof value !== 'string') {
    return { contentType, content: wireText(value) };
  }
  const bytes = decodeBase64(value);
  if (bytes === undefined) {
    throw new Refusal(`${body.argument ?? 'body'}: must be the bytes as base64.`);
  }
  return { contentType, content: bytes };
}

function bodyValue(body: HttpBody, args: Record<string, unknown>): unknown {
  if (body.argument !== undefined) {
    const value = renamed(args[body.argument], body.rename);
    return value === undefined && body.required ? emptyBody(body) : value;
  }
  const fields = Object.entries(body.fields ?? {})
    .filter(([argument]) => Object.hasOwn(args, argument) && args[argument] !== undefined)
    .map(([argument, wireName]) => [wireName, renamed(args[argument], body.rename)]);
  if (fields.length === 0 && !body.required) return undefined;
  return Object.fromEntries(fields) as Record<string, unknown>;
}

function emptyBody({ contentType }: HttpBody): unknown {
  const structured =
    isJson(contentType) || isForm(contentType) || /^multipart\//i.test(contentType);
  return structured ? {} : undefined;
}

/** The value with the property names that the API knows. */
function renamed(value: unknown, rename: Record<string, string> | undefined): unknown {
  if (rename === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isRecord(value) || isFileContent(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      wireNameOf(key, rename),
      renamed(member, rename),
    ]),
  );
}
