import { ResourceNotFoundError, type Server } from '@modelcontextprotocol/server';
import { refuseCursor } from './invalid-params.js';
import type { ResourceProvider } from './resources.js';

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
}
