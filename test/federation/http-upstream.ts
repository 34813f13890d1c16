import { InMemoryServerEventBus, McpServer } from '@modelcontextprotocol/server';
import { listenHttp, type HttpListener } from '../../templates/src/runtime/serve/serve-http.js';

export type HttpUpstream = {
  url: string;
  /** What stands behind the description of each tool; set, then `announce`. */
  words: { suffix: string };
  announce: () => void;
  /** Listening streams that are open. */
  listening: () => number;
  /** Calls of `hang` that run, and those that were given up. */
  hanging: () => number;
  cancelled: () => number;
  /** No longer answers; `start` has it answer at the same address again. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

const NAMES = ['echo', 'hang', 'steps'];

/** A server of both versions over HTTP, within this process, whose list of tools changes. */
export async function httpUpstream(who = 'echo'): Promise<HttpUpstream> {
  const bus = new InMemoryServerEventBus();
  const words = { suffix: '' };
  let hanging = 0;
  let cancelled = 0;
  const factory = () => {
    const mcp = new McpServer({ name: 'fake', version: '1.0.0' });
    const { server } = mcp;
    server.registerCapabilities({ tools: { listChanged: true }, resources: {} });
    server.setRequestHandler('tools/list', () => ({
      tools: NAMES.map((name) => ({
        name,
        description: `Does ${name}.${words.suffix}`,
        inputSchema: { type: 'object' },
      })),
    }));
    server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const text = (value: string) => ({ content: [{ type: 'text' as const, text: value }] });
      const { progressToken = '' } = params._meta ?? {};
      if (params.name === 'steps') {
        for (const progress of [1, 2]) {
          const step = { progressToken, progress, total: 2, message: 'ha\u200blf' };
          await mcpReq.notify({ method: 'notifications/progress', params: step });
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      if (params.name !== 'hang') return text(who);
      hanging += 1;
      await new Promise((resolve) => mcpReq.signal.addEventListener('abort', resolve));
      hanging -= 1;
      cancelled += 1;
      return text('too late');
    });
    server.setRequestHandler('resources/list', () => ({
      resources: [{ uri: 'fake://one', name: 'one' }],
    }));
    server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }));
    return mcp;
  };
  const listen = (port: number): Promise<HttpListener> =>
    listenHttp({ factory, env: {}, host: '127.0.0.1', port, maxBodyBytes: 100_000, live: { bus } });
  let listener = await listen(0);
  const { url } = listener;
  return {
    url,
    words,
    announce: () => bus.publish({ kind: 'tools_list_changed' }),
    listening: () => bus.listenerCount,
    hanging: () => hanging,
    cancelled: () => cancelled,
    stop: () => listener.close(0),
    start: async () => {
      listener = await listen(Number(new URL(url).port));
    },
  };
}
