import { STATUS_CODES } from 'node:http';
import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import type { HttpTool } from './http-tool.js';
import { cleanJsonText, cleanText, cutText } from './clean-text.js';
import { htmlText, looksLikeHtml } from './html-text.js';
import type { Limits } from './limits.js';
import { declaredType, isJson, isText } from './media-type.js';
import { parseResponseJson } from './response-json.js';
import { isUtf8Text, responseText } from './response-text.js';
import type { UpstreamResponse } from './send-request.js';
import { noteInstead, shortened, structuredContent } from './structured-content.js';
import { isRecord } from './wire-text.js';

export type ResultContext = {
  tool: Pick<HttpTool, 'name' | 'inputSchema' | 'outputSchema' | 'request'>;
  limits: Limits;
  redact: (text: string) => string;
  /** Identifies the call in texts and in the log. */
  reference: string;
};

/** Longer JSON is handed on as text only: it would be cut anyway. */
const MAX_PARSED_CHARS = 1_000_000;
/** Arguments by which tools usually let a caller ask for less, or for the next part. */
const NARROWING =
  /^(page|per_?page|page_?(size|number|token)|limit|max_?(results|items)?|offset|skip|cursor|after|before|start(ing_after|_cursor)?|ending_before|top|first|last|count|size|fields|select|filter|query|q|search|since|until)$/i;
const HEAD_HEADERS = ['content-type', 'content-length', 'etag', 'last-modified', 'location'];

/** A response below 400 as the result of a tool call (MCP 2026-07-28, Tools › Tool Result). */
export function successResult(response: UpstreamResponse, context: ResultContext): CallToolResult {
  const { tool } = context;
  const type = contentType(response, context);
  const result = body(response, type, context);
  const notes = navigation(response, context);
  const content = [...result.content, ...notes];
  if (tool.outputSchema === undefined || result.isError) return { ...result, content };
  return {
    ...result,
    content,
    structuredContent:
      result.structuredContent ??
      noteInstead(`The response is ${describe(response, type)}; see the text.`, tool.outputSchema),
  };
}

function body(response: UpstreamResponse, type: string, context: ResultContext): CallToolResult {
  const { bytes } = response;
  if (context.tool.request.method === 'HEAD') return text(headLines(response, context));
  if (bytes.length === 0 && response.cut === undefined) return text(statusLine(response));
  if (!isText(type)) return binary(response, type, context);
  const raw = responseText(bytes, response.headers['content-type']).trim();
  const wantsHtml = /html/i.test(context.tool.request.accept ?? '');
  if (looksLikeHtml(raw) && !wantsHtml) return webPage(raw, response, context);
  return isJson(type) ? json(raw, response, context) : plain(raw, response, context, cleanText);
}

/** The declared type; without one, text when it can be read as such. */
function contentType(response: UpstreamResponse, { redact }: ResultContext): string {
  const declared = declaredType(redact(response.headers['content-type'] ?? ''));
  if (declared !== '') return declared;
  return isUtf8Text(response.bytes) ? 'text/plain' : 'application/octet-stream';
}

function json(raw: string, response: UpstreamResponse, context: ResultContext): CallToolResult {
  const { limits, redact, tool } = context;
  const result = plain(raw, response, context, cleanJsonText);
  if (response.cut !== undefined || raw.length > MAX_PARSED_CHARS) {
    return tool.outputSchema === undefined
      ? result
      : { ...result, structuredContent: shortened({}, tool.outputSchema, 0) };
  }
  const parsed = parseResponseJson(raw, (value) => redact(cleanText(value)));
  if ('problem' in parsed) {
    const note = `The upstream calls this JSON, but it is ${parsed.problem === 'invalid' ? 'not valid' : 'nested too deeply'}.`;
    return { content: [...result.content, { type: 'text', text: note }] };
  }
  if (tool.outputSchema === undefined) return result;
  const structured = structuredContent(parsed.value, tool.outputSchema);
  const fits = JSON.stringify(structured).length <= limits.maxResultChars;
  return {
    ...result,
    structuredContent: fits
      ? structured
      : shortened(structured, tool.outputSchema, limits.maxResultChars),
  };
}

function plain(
  raw: string,
  response: UpstreamResponse,
  { limits, redact, tool }: ResultContext,
  clean: (text: string) => string,
): CallToolResult {
  const max = limits.maxResultChars;
  // Cleaned with a margin, so that no secret is cut in two and slips through.
  const safe = clean(redact(raw.slice(0, max + 10_000)));
  if (raw.length <= max && response.cut === undefined) return text(safe);
  const shown = cutText(safe, max);
  const whole =
    response.cut === undefined ? `${raw.length} characters` : `more than ${raw.length} characters`;
  const end = response.cut === 'time' ? 'the time for this call was up' : 'the limit was reached';
  return text(
    `${shown}\n[Cut: ${end}. These are the first ${shown.length} of ${whole}. ${narrowing(tool)}]`,
  );
}

/** How to get the rest, by the arguments that the tool has. */
function narrowing(tool: ResultContext['tool']): string {
  const properties = isRecord(tool.inputSchema.properties) ? tool.inputSchema.properties : {};
  const names = Object.keys(properties).filter((name) => NARROWING.test(name));
  return names.length > 0
    ? `To get the rest, call again with other values for ${names.join(', ')}.`
    : 'Ask for something smaller to see all of it.';
}

function binary(response: UpstreamResponse, type: string, context: ResultContext): CallToolResult {
  const { bytes } = response;
  const { limits, tool, reference } = context;
  if (response.cut !== undefined || bytes.length > limits.maxBlobBytes) {
    const size = response.cut === undefined ? `${bytes.length}` : `more than ${bytes.length}`;
    const message = `The response is ${type} of ${size} bytes; at most ${limits.maxBlobBytes} are handed on.`;
    return { ...text(`${message} ${narrowing(tool)}`), isError: true };
  }
  const data = bytes.toString('base64');
  if (type.startsWith('image/')) return { content: [{ type: 'image', data, mimeType: type }] };
  if (type.startsWith('audio/')) return { content: [{ type: 'audio', data, mimeType: type }] };
  const uri = `response:${tool.name}/${reference}`;
  return {
    content: [
      { type: 'resource', resource: { uri, mimeType: type, blob: data } },
      { type: 'text', text: describe(response, type) },
    ],
  };
}

/** A page for people where data was asked for: a login form, a portal, a wrong base URL. */
function webPage(
  raw: string,
  response: UpstreamResponse,
  { redact }: ResultContext,
): CallToolResult {
  const page = cutText(cleanText(redact(htmlText(raw))), 500);
  const message = `${statusLine(response)}, but the response is a web page, not data: ${page}`;
  return {
    ...text(`${message}\nThe base URL or the credentials of this server may be wrong.`),
    isError: true,
  };
}

/** What only headers say: the next page, and where something new is. */
function navigation(response: UpstreamResponse, { redact }: ResultContext): ContentBlock[] {
  const { link, location } = response.headers;
  const next = /<([^<>]*)>[^,<]*;\s*rel="?next"?/i.exec(link ?? '')?.[1];
  const lines = [
    ...(next === undefined ? [] : [`Next page: ${next}`]),
    ...(location === undefined || response.status >= 300 ? [] : [`Location: ${location}`]),
  ];
  if (lines.length === 0) return [];
  return [{ type: 'text', text: cutText(cleanText(redact(lines.join('\n'))), 2_000) }];
}

function headLines(response: UpstreamResponse, { redact }: ResultContext): string {
  const headers = HEAD_HEADERS.flatMap((name) => {
    const value = response.headers[name];
    return value === undefined ? [] : [`${name}: ${cutText(cleanText(redact(value)), 500)}`];
  });
  return [statusLine(response), ...headers].join('\n');
}

function describe(response: UpstreamResponse, type: string): string {
  return response.bytes.length === 0 ? 'empty' : `${type}, ${response.bytes.length} bytes`;
}

/** `204 No Content`, in words that do not come from the upstream. */
function statusLine({ status }: UpstreamResponse): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function text(value: string): CallToolResult {
  return { content: [{ type: 'text', text: value }] };
}
