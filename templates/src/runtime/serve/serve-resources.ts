import {
  ResourceNotFoundError,
  type ReadResourceResult,
  type Server,
} from '@modelcontextprotocol/server';
import { callerOf, orNeeded, type Caller } from '../calls/caller.js';
import type { RequestStates } from '../input/request-states.js';
import { refuseCursor } from '../calls/invalid-params.js';
import type { ResourceProvider } from '../resources.js';
import { orTold } from '../calls/or-told.js';

/** Answers for the resources of all providers: the first that knows a URI or a template gives what is asked. */
export function serveResources(
  server: Server,
  providers: readonly ResourceProvider[],
  states: RequestStates,
): void {
  server.setRequestHandler('resources/list', ({ params }) => {
    refuseCursor(params?.cursor);
    return { resources: providers.flatMap(({ resources }) => [...resources]) };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    refuseCursor(params?.cursor);
    return { resourceTemplates: providers.flatMap(({ templates }) => [...templates]) };
  });
  server.setRequestHandler('resources/read', ({ params: { uri } }, context) => {
    const caller = callerOf({ server, context, name: uri, states });
    return orNeeded(caller, async () => ({
      contents: await readResource(providers, uri, context.mcpReq.signal, caller),
    }));
  });
}

/** What the first provider that knows the URI gives. Throws ResourceNotFoundError. */
export async function readResource(
  providers: readonly ResourceProvider[],
  uri: string,
  signal: AbortSignal,
  caller?: Caller,
): Promise<ReadResourceResult['contents']> {
  for (const { read } of providers) {
    const contents = await orTold('resources/read', async () => read(uri, signal, caller));
    if (contents !== undefined) return contents;
  }
  throw new ResourceNotFoundError(uri);
}
