import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Answer } from '../handler.js';
import { ToolCallError } from './tool-call-error.js';

/** What a tool did: its result, and the data in it, which is read only when somebody asks. */
export type Outcome = { result: CallToolResult; data: () => unknown; status?: number };

/**
 * An outcome as handlers see it. `data` is no part of what is sent, so the answer can be returned as it is. Throws
 * ToolCallError when the tool failed.
 */
export function answerOf({ result, data, status }: Outcome): Answer<unknown> {
  if (result.isError === true) throw new ToolCallError(result, status);
  return Object.assign(new LazyData(data), result) as Answer<unknown>;
}

/** A class, since an accessor on an object of each call would keep the whole call alive until the next full collection. */
class LazyData {
  readonly #read: () => unknown;
  #known: { value: unknown } | undefined;

  constructor(read: () => unknown) {
    this.#read = read;
  }

  get data(): unknown {
    return (this.#known ??= { value: this.#read() }).value;
  }
}

const BLOCKS: Record<string, string> = {
  text: 'text',
  image: 'data',
  audio: 'data',
  resource: 'resource',
  resource_link: 'uri',
};
const FIELDS = new Set(['content', 'structuredContent', 'isError', '_meta', 'resultType']);

/** Whether a value is a whole result and not data that looks like one: content blocks, and nothing besides that is unknown. */
export function isToolResult(value: unknown): value is CallToolResult {
  if (typeof value !== 'object' || value === null) return false;
  const { content } = value as { content?: unknown };
  const keys = Object.keys(value);
  if (!Array.isArray(content) || !keys.every((key) => FIELDS.has(key))) return false;
  if (content.length === 0) return keys.length > 1;
  return content.every((block: unknown) => {
    if (typeof block !== 'object' || block === null || !('type' in block)) return false;
    const field = BLOCKS[String(block.type)];
    return field !== undefined && field in block;
  });
}
