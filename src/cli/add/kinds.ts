/** What can be added, with a word about each. */
export const KINDS = {
  openapi: 'an API, by its OpenAPI document',
  sql: 'a database, by its schema or its address',
  filesystem: 'folders of files',
  mcp: 'another MCP server, by its address or command',
  tool: 'a tool that you write in TypeScript',
  prompt: 'a prompt with arguments',
  resource: 'a text, a file, or the result of a tool',
} as const;

export type Kind = keyof typeof KINDS;

/** Whether a word is the name of a kind. */
export function isKind(word: string): word is Kind {
  return Object.hasOwn(KINDS, word);
}
