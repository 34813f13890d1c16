import type { Server } from '@modelcontextprotocol/server';
import { refuseCursor, unknownName } from './invalid-params.js';
import type { PromptProvider } from './prompts.js';

/** Answers for the prompts of all providers: the first that knows a name gives it. */
export function servePrompts(server: Server, providers: readonly PromptProvider[]): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    refuseCursor(params?.cursor);
    return { prompts: providers.flatMap(({ prompts }) => [...prompts]) };
  });
  server.setRequestHandler('prompts/get', async ({ params }, { mcpReq }) => {
    for (const { get } of providers) {
      const prompt = await get(params.name, params.arguments ?? {}, mcpReq.signal);
      if (prompt !== undefined) return prompt;
    }
    const known = providers.flatMap(({ prompts }) => prompts.map(({ name }) => name));
    throw unknownName('Prompt', params.name, known);
  });
}
