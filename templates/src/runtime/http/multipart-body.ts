import { isFileContent, type FileContent } from './file-content.js';
import { hasStyle } from './form-body.js';
import { essence, isJson } from './media-type.js';
import type { HttpEncoding } from './operation.js';
import { formPairs } from './parameter-styles.js';
import type { PairEncoding } from './percent-encoding.js';
import { isAbsent, isRecord, jsonText, presentEntries, wireText } from './wire-text.js';

const RAW: PairEncoding = { name: (text) => text, value: (text) => text };

type Part = { name: string; contentType?: string; filename?: string; content: string | Uint8Array };

/**
 * The bytes of a `multipart/*` body (RFC 7578, RFC 2046 §5.1; OpenAPI 3.1 §4.8.15.3). Lists
 * become repeated parts, objects JSON parts; files carry name and type. `multipart/form-data`
 * names its parts, other subtypes give each a type.
 */
export function multipartBytes(
  body: Record<string, unknown>,
  encoding: Record<string, HttpEncoding>,
  contentType: string,
  boundary: string,
): Uint8Array {
  const isFormData = essence(contentType) === 'multipart/form-data';
  const parts = presentEntries(body).flatMap(([name, value]) =>
    partsOf(name, value, encoding[name] ?? {}),
  );
  const chunks = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\n${partHeaders(part, isFormData)}\r\n`),
    Buffer.from(part.content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]);
}

function partsOf(name: string, value: unknown, encoding: HttpEncoding): Part[] {
  if (isAbsent(value)) return [];
  if (isFileContent(value)) return [filePart(name, value, encoding)];
  if (hasStyle(encoding)) {
    return formPairs(name, value, encoding, RAW).map(([key, text]) => ({
      name: key,
      content: text,
    }));
  }
  if (Array.isArray(value)) return value.flatMap((item) => partsOf(name, item, encoding));
  const declared = singleType(encoding.contentType);
  if (isRecord(value) || isJson(declared ?? '')) {
    return [{ name, contentType: declared ?? 'application/json', content: jsonText(value) }];
  }
  return [
    {
      name,
      content: wireText(value),
      ...(declared === undefined ? {} : { contentType: declared }),
    },
  ];
}

function filePart(name: string, file: FileContent, encoding: HttpEncoding): Part {
  return {
    name,
    // Without a file name, servers read the part as a text field.
    filename: file.filename ?? name,
    contentType: file.mediaType ?? singleType(encoding.contentType) ?? 'application/octet-stream',
    content: file.bytes,
  };
}

function partHeaders(part: Part, isFormData: boolean): string {
  const filename = part.filename === undefined ? '' : `; filename="${quoted(part.filename)}"`;
  const type = part.contentType ?? (isFormData ? undefined : 'text/plain; charset=utf-8');
  return [
    isFormData ? `Content-Disposition: form-data; name="${quoted(part.name)}"${filename}` : '',
    !isFormData && filename !== '' ? `Content-Disposition: attachment${filename}` : '',
    type === undefined ? '' : `Content-Type: ${type}`,
  ]
    .filter((line) => line !== '')
    .map((line) => `${line}\r\n`)
    .join('');
}

/** RFC 7578 §2 as browsers do it: only what would end the quoted text is escaped. */
function quoted(text: string): string {
  return text.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
}

/**
 * `encoding.contentType` may be a list or a range such as `image/*`; only a concrete type can be
 * sent.
 */
function singleType(contentType: string | undefined): string | undefined {
  return contentType === undefined || /[,*]/.test(contentType) ? undefined : contentType;
}
