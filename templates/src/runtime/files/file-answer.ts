import type { CallToolResult } from '@modelcontextprotocol/server';

/** What an action gives: data, and what callers read of it; the data as JSON unless said otherwise. */
export type FileAnswer = {
  data: Record<string, unknown>;
  content?: CallToolResult['content'];
};

export function textContent(...texts: string[]): CallToolResult['content'] {
  return texts.filter((text) => text !== '').map((text) => ({ type: 'text', text }));
}
