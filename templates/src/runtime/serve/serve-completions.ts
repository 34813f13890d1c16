import type { CompleteRequestParams, Server } from '@modelcontextprotocol/server';
import type { Catalogue } from '../catalogue.js';
import { invalidParams } from '../calls/invalid-params.js';
import type { Completing, Completions } from '../resources.js';
import { orTold } from '../calls/or-told.js';

/** What one answer may hold (MCP 2026-07-28, Completion). */
const MAX_COMPLETIONS = 100;

/** Completes arguments of resource templates and prompts, where a provider can. */
export function serveCompletions(
  server: Server,
  { resources, prompts }: Pick<Catalogue, 'resources' | 'prompts'>,
): void {
  const providers = [...resources, ...prompts];
  if (!providers.some(({ complete }) => complete !== undefined)) return;
  server.registerCapabilities({ completions: {} });
  server.setRequestHandler('completion/complete', async ({ params }, { mcpReq }) => {
    const { ref, argument, context } = params;
    const completing = { ...argument, others: context?.arguments ?? {} };
    const asked: ((completing: Completing, signal: AbortSignal) => Completions)[] =
      ref.type === 'ref/resource'
        ? resources.map(
            ({ complete }) =>
              (...rest) =>
                complete?.(ref.uri, ...rest),
          )
        : prompts.map(
            ({ complete }) =>
              (...rest) =>
                complete?.(ref.name, ...rest),
          );
    for (const complete of asked) {
      const values = await orTold('completion/complete', async () =>
        complete(completing, mcpReq.signal),
      );
      if (values === undefined) continue;
      const shown = values.slice(0, MAX_COMPLETIONS);
      return {
        completion: { values: shown, total: values.length, hasMore: values.length > shown.length },
      };
    }
    throw invalidParams(unknown(ref, prompts));
  });
}

function unknown(ref: CompleteRequestParams['ref'], prompts: Catalogue['prompts']): string {
  if (ref.type === 'ref/resource') return `There is no resource template ${ref.uri.slice(0, 100)}`;
  const known = prompts.some((one) => one.prompts.some(({ name }) => name === ref.name));
  return known
    ? 'Nothing is known to complete there'
    : `There is no prompt ${ref.name.slice(0, 100)}`;
}
