import type { Server } from '@modelcontextprotocol/server';
import { callerOf, orNeeded } from '../calls/caller.js';
import type { RequestStates } from '../input/request-states.js';
import { refuseCursor, unknownName } from '../calls/invalid-params.js';
import type { PromptProvider } from '../prompts.js';
import { orTold } from '../calls/or-told.js';

/** Answers for the prompts of all providers: the first that knows a name gives it. */
export function servePrompts(
  server: Server,
  providers: readonly PromptProvider[],
  states: RequestStates,
): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    refuseCursor(params?.cursor);
    return { prompts: providers.flatMap(({ prompts }) => [...prompts]) };
  });
  server.setRequestHandler('prompts/get', ({ params }, context) => {
    const { name, arguments: given = {} } = params;
    const caller = callerOf({ server, context, name, given, states });
    return orNeeded(caller, async () => {
      for (const { get } of providers) {
        const prompt = await orTold('prompts/get', async () =>
          get(name, given, context.mcpReq.signal, caller),
        );
        if (prompt !== undefined) return prompt;
      }
      const known = providers.flatMap(({ prompts }) => prompts.map((prompt) => prompt.name));
      throw unknownName('Prompt', name, known);
    });
  });
}
