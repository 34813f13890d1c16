import {
  McpServer,
  type McpRequestContext,
  type CallToolRequest,
  type CallToolResult,
  type ServerOptions,
  type StandardSchemaV1,
} from '@modelcontextprotocol/server';
import { callerOf, orNeeded, type Caller } from '../calls/caller.js';
import { serveHeaderParameters } from './header-parameters.js';
import { createRequestStates, type RequestStates } from '../input/request-states.js';
import { refuseCursor, unknownName } from '../calls/invalid-params.js';
import { serveCompletions } from './serve-completions.js';
import { servePrompts } from './serve-prompts.js';
import { serveResources } from './serve-resources.js';
import type { Catalogue, ServerInfo } from '../catalogue.js';
import { hasHandler, type ServerTool } from '../tool.js';

export type CallTool = (
  tool: ServerTool,
  given: unknown,
  signal: AbortSignal,
  caller?: Caller,
) => Promise<CallToolResult>;

/** Most lists change only when another version of the server is deployed, and are the same for every caller. */
const LIST_CACHE = { ttlMs: 300_000, cacheScope: 'public' } as const;

type Hints = NonNullable<ServerOptions['cacheHints']>;

const CACHE_HINTS: Hints = {
  'server/discover': LIST_CACHE,
  'tools/list': LIST_CACHE,
  'resources/list': LIST_CACHE,
  'resources/templates/list': LIST_CACHE,
  'prompts/list': LIST_CACHE,
};

/** For callers who had to prove who they are: what they see is for nobody who need not. */
function withinOne(hints: Hints): Hints {
  const entries = Object.entries(hints).map(([method, hint]) => [
    method,
    { ...hint, cacheScope: 'private' },
  ]);
  return Object.fromEntries(entries) as Hints;
}

/**
 * The parameters of a call, which the protocol layer has checked, as they were sent. What it hands to handlers without this is
 * a copy from which it has dropped names such as `__proto__`, which are to be refused.
 */
const AS_SENT: StandardSchemaV1<unknown, CallToolRequest['params']> = {
  '~standard': {
    version: 1,
    vendor: 'mcp-server',
    validate: (params) => ({ value: params as CallToolRequest['params'] }),
  },
};

/**
 * A factory that serves every protocol version: over HTTP it runs once per request, over stdio once per connection.
 * Handlers read the catalogue, so the cost of a request does not grow with the number of tools.
 */
export function createServerFactory(
  info: ServerInfo,
  catalogue: Catalogue,
  callTool: CallTool,
  states: RequestStates = createRequestStates({}),
): (context?: Pick<McpRequestContext, 'authInfo'>) => McpServer {
  const { name, title, version, instructions } = info;
  // Only handlers have something to tell.
  const tells = [...catalogue.tools.values()].some(
    (tool) => hasHandler(tool) && tool.steps === undefined,
  );

  const hints: Hints = { ...CACHE_HINTS, ...catalogue.cacheHints };

  return ({ authInfo } = {}) => {
    const mcp = new McpServer(
      { name, title, version },
      {
        cacheHints: authInfo === undefined ? hints : withinOne(hints),
        requestState: { verify: states.verify },
        ...(instructions !== undefined && { instructions }),
      },
    );
    const { server } = mcp;
    // Also where there are no resources and prompts: an empty list says more than an unknown method.
    server.registerCapabilities({
      ...{ tools: {}, resources: {}, prompts: {} },
      ...(tells && { logging: {} }),
    });

    server.setRequestHandler('tools/list', ({ params }) => {
      refuseCursor(params?.cursor);
      return { tools: [...catalogue.toolList] };
    });
    server.setRequestHandler('tools/call', { params: AS_SENT }, async (params, context) => {
      const tool = catalogue.tools.get(params.name);
      if (tool === undefined || tool.unlisted === true) {
        const known = catalogue.toolList.map(({ name }) => name);
        throw unknownName('Tool', params.name, known);
      }
      const given = params.arguments ?? {};
      const caller = callerOf({ server, context, name: tool.name, given, states });
      return orNeeded(caller, async () => {
        const result = await callTool(tool, given, context.mcpReq.signal, caller);
        return server.projectCallToolResult(result, tool.outputSchema);
      });
    });

    serveResources(server, catalogue.resources, states);
    servePrompts(server, catalogue.prompts, states);
    serveCompletions(server, catalogue);
    serveHeaderParameters(mcp, catalogue);
    return mcp;
  };
}
