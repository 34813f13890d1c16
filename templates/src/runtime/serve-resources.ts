import { ResourceNotFoundError, type Server } from '@modelcontextprotocol/server';
import { invalidParams, refuseCursor } from './invalid-params.js';
import type { ResourceProvider } from './resources.js';

/** What one answer may hold (MCP 2026-07-28, Completion). */
const MAX_COMPLETIONS = 100;

/** Answers for the resources of all providers: the first that knows a URI or a template gives what is asked. */
export function serveResources(server: Server, providers: readonly ResourceProvider[]): void {
  server.setRequestHandler('resources/list', ({ params }) => {
    refuseCursor(params?.cursor);
    return { resources: providers.flatMap(({ resources }) => [...resources]) };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    refuseCursor(params?.cursor);
    return { resourceTemplates: providers.flatMap(({ templates }) => [...templates]) };
  });
  server.setRequestHandler('resources/read', async ({ params }, { mcpReq }) => {
    for (const { read } of providers) {
      const contents = await read(params.uri, mcpReq.signal);
      if (contents !== undefined) return { contents };
    }
    throw new ResourceNotFoundError(params.uri);
  });
  if (!providers.some(({ complete }) => complete !== undefined)) return;
  server.registerCapabilities({ completions: {} });
  server.setRequestHandler('completion/complete', ({ params }) => {
    const { ref, argument, context } = params;
    if (ref.type !== 'ref/resource') throw invalidParams('Nothing is known to complete there');
    const completing = { ...argument, others: context?.arguments ?? {} };
    for (const { complete } of providers) {
      const values = complete?.(ref.uri, completing);
      if (values === undefined) continue;
      const shown = values.slice(0, MAX_COMPLETIONS);
      return {
        completion: { values: shown, total: values.length, hasMore: values.length > shown.length },
      };
    }
    throw invalidParams(`There is no resource template ${ref.uri.slice(0, 100)}`);
  });
}
