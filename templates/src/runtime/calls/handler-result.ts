import type { CallToolResult } from '@modelcontextprotocol/server';
import { isToolResult } from './answer.js';
import { compileSchema } from '../arguments/compile.js';
import { cutText } from '../http/clean-text.js';
import { noteInstead, shortened, structuredContent } from '../http/structured-content.js';
import { redact } from '../log.js';
import type { HandlerTool } from '../tool.js';

/**
 * What a handler returned as the result of its tool: a string as it is, other values as JSON and, where the tool has an
 * output schema, as structured content. Throws when it is no JSON, or not what the output schema promises to clients.
 */
export function handlerResult(
  tool: Pick<HandlerTool, 'outputSchema'>,
  value: unknown,
  maxChars: number,
): CallToolResult {
  const { outputSchema } = tool;
  if (isToolResult(value)) {
    const content = value.content.map(withoutSecrets);
    const result = { ...value, content };
    if (outputSchema === undefined || result.isError === true) return result;
    result.structuredContent ??= noteInstead('The result is in the text.', outputSchema);
    return promised(result, tool);
  }
  const json = toJson(value);
  const text = typeof value === 'string' ? redact(value) : json === undefined ? 'Done.' : json;
  const result: CallToolResult = { content: [{ type: 'text', text: short(text, maxChars) }] };
  if (outputSchema === undefined) return result;
  const plain: unknown = json === undefined ? null : JSON.parse(json);
  const structured = structuredContent(plain, outputSchema);
  const fits = JSON.stringify(structured).length <= maxChars;
  result.structuredContent = fits ? structured : shortened(structured, outputSchema, maxChars);
  return promised(result, tool);
}

function withoutSecrets(block: CallToolResult['content'][number]): typeof block {
  if (block.type === 'text') return { ...block, text: redact(block.text) };
  if (block.type !== 'resource' || !('text' in block.resource)) return block;
  return { ...block, resource: { ...block.resource, text: redact(block.resource.text) } };
}

/** JSON text without secrets; undefined for nothing. */
function toJson(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const json = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string' ? redact(member) : member,
  ) as string | undefined;
  if (json === undefined) throw new TypeError(`a handler returned a ${typeof value}`);
  return json;
}

function short(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const shown = cutText(text, maxChars);
  return `${shown}\n[Cut: these are the first ${shown.length} of ${text.length} characters.]`;
}

/** Clients throw away structured content that breaks the schema, with a message that helps nobody. */
function promised(result: CallToolResult, tool: Pick<HandlerTool, 'outputSchema'>): CallToolResult {
  const { structuredContent: content } = result;
  const nodes = JSON.stringify(content ?? null).length;
  const errors = compileSchema(tool.outputSchema ?? {}).check(content, { nodes, nameSteps: 0 });
  const [error] = errors.slice(-1);
  if (error === undefined) return result;
  const { instanceLocation, error: why } = error;
  throw new TypeError(`the result breaks the output schema at ${instanceLocation}: ${why}`);
}
