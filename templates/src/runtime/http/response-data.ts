import { cleanText } from './clean-text.js';
import { declaredType, isJson, isText } from './media-type.js';
import { parseResponseJson } from './response-json.js';
import { isUtf8Text, responseText } from './response-text.js';
import type { UpstreamResponse } from './send-request.js';

/**
 * What a response holds, for hand-written code: JSON as plain data (whole numbers beyond 2^53-1 as strings), text as a
 * string, other bytes as they are; undefined where there is none. Secrets are taken out. Throws when the body is incomplete
 * or calls itself JSON and is none.
 */
export function responseData(
  response: UpstreamResponse,
  redact: (text: string) => string,
): unknown {
  const { bytes, headers, cut } = response;
  if (cut !== undefined) throw new Error('the response is too long to be read as a whole');
  if (bytes.length === 0) return undefined;
  const declared = declaredType(headers['content-type']);
  if (declared === '' ? !isUtf8Text(bytes) : !isText(declared)) return new Uint8Array(bytes);
  const text = responseText(bytes, headers['content-type']);
  if (!isJson(declared)) return cleanText(redact(text));
  const parsed = parseResponseJson(text.trim(), (value) => redact(cleanText(value)));
  if ('value' in parsed) return parsed.value;
  throw new Error(`the response calls itself ${declared}, but it is ${parsed.problem} JSON`);
}
