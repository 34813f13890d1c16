import {
  ResourceNotFoundError,
  type ReadResourceResult,
  type Server,
} from '@modelcontextprotocol/server';
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
    return { contents: await readResource(providers, params.uri, mcpReq.signal) };
  });
}

/** What the first provider that knows the URI gives. Throws ResourceNotFoundError. */
export async function readResource(
  providers: readonly ResourceProvider[],
  uri: string,
  signal: AbortSignal,
): Promise<ReadResourceResult['contents']> {
  for (const { read } of providers) {
    const contents = await read(uri, signal);
    if (contents !== undefined) return contents;
  }
  throw new ResourceNotFoundError(uri);
}
