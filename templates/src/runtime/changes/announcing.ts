import {
  ResourceNotFoundError,
  type McpRequestContext,
  type McpServer,
  type McpServerFactory,
  type Server,
  type ServerEvent,
} from '@modelcontextprotocol/server';
import { invalidParams } from '../calls/invalid-params.js';
import { describeError, log } from '../log.js';
import { readResource } from '../serve/serve-resources.js';
import type { ListName, Live } from './live.js';
import type { Stop } from './watching.js';

/** For what a server is made; over HTTP `session` says that it stays with its client. */
export type ServingContext = McpRequestContext & { session?: true };

/** Makes one for each request over HTTP that stands for itself, else for each connection or session. */
export type ServingFactory = (context: ServingContext) => ReturnType<McpServerFactory>;

/** Different URIs of one connection. */
const MAX_SUBSCRIBED = 200;

/** The same servers, which announce what changes to those that can be told. */
export function announcing(
  make: (context: ServingContext) => McpServer,
  live: Live,
): (context: ServingContext) => McpServer {
  return (context) => {
    const mcp = make(context);
    const { server } = mcp;
    const { lists, watching, transport } = live;
    const lasts = transport === 'stdio' || context.session === true;
    // Nothing is promised to those who hold no connection: over HTTP clients of versions before 2026-07-28 without a session.
    if (!lasts && context.era === 'legacy') return mcp;
    const listChanged = (list: ListName) => (lists.has(list) ? { listChanged: true } : {});
    server.registerCapabilities({
      tools: listChanged('tools'),
      resources: { ...listChanged('resources'), ...(watching && { subscribe: true }) },
      prompts: listChanged('prompts'),
    });
    if (lasts && (lists.size > 0 || watching)) tell(server, live, context.era);
    return mcp;
  };
}

/**
 * Tells the client at the other end of one lasting connection what changes. Clients of 2026-07-28 hear what they listen to,
 * which the transport sees to; older ones hear of every list, and of the URIs that they subscribed to (MCP 2025-11-25, Resources).
 */
function tell(server: Server, live: Live, era: 'legacy' | 'modern'): void {
  const subscribed = new Map<string, Stop>();
  const hear = (event: ServerEvent) => {
    if (event.kind === 'resource_updated') {
      if (era === 'legacy' && !subscribed.has(event.uri)) return;
      server.sendResourceUpdated({ uri: event.uri }).catch(untold);
    } else if (event.kind === 'tools_list_changed') server.sendToolListChanged().catch(untold);
    else if (event.kind === 'prompts_list_changed') server.sendPromptListChanged().catch(untold);
    else server.sendResourceListChanged().catch(untold);
  };
  let stop: Stop = () => {};
  const begin = () => {
    stop = live.bus.subscribe(hear);
  };
  if (era === 'modern') begin();
  // Before that, a client of that time expects nothing but answers.
  else server.oninitialized = begin;
  server.onclose = () => {
    stop();
    for (const end of subscribed.values()) end();
    subscribed.clear();
  };
  if (era === 'legacy' && live.watching !== undefined) serveSubscriptions(server, live, subscribed);
}

function serveSubscriptions(
  server: Server,
  { watching, catalogue }: Live,
  subscribed: Map<string, Stop>,
): void {
  server.setRequestHandler('resources/subscribe', async ({ params: { uri } }, { mcpReq }) => {
    if (subscribed.has(uri)) return {};
    if (subscribed.size >= MAX_SUBSCRIBED) throw invalidParams('Too many subscriptions');
    const watch = watching?.watch(uri, server);
    if (watch === undefined) {
      // Throws where there is no such resource.
      await readResource(catalogue.resources, uri, mcpReq.signal);
      throw invalidParams('Nobody can say when this resource changes');
    }
    subscribed.set(uri, watch.stop);
    await watch.ready;
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    const stop = subscribed.get(uri);
    if (stop === undefined) throw new ResourceNotFoundError(uri);
    subscribed.delete(uri);
    stop();
    return {};
  });
}

function untold(error: unknown): void {
  log.debug('a change was not told', { error: describeError(error) });
}
