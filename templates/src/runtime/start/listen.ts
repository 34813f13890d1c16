import type { ServeCommand } from './command-line.js';
import { log } from '../log.js';
import type { Environment } from '../settings/settings.js';
import type { Assembled, ServerParts } from './assemble.js';
import type { ServerLimits } from './server-limits.js';

/** Something that is served; `ended` is there when it can end by itself. */
export type Listener = { ended?: Promise<void>; close: (graceMs: number) => Promise<void> };

/** A longer message ends the connection, and over stdio nobody but the client can send one. */
const STDIO_BYTES = 10_485_760;

/** Serves over the transport that was asked for. Each one is loaded only where it is used. */
export async function listen(
  command: ServeCommand,
  { server, tools, sessions }: Pick<ServerParts, 'server' | 'tools' | 'sessions'>,
  { factory, backends, access, live, problems, prepare }: Assembled,
  { env, limits: { graceMs, maxBytes } }: { env: Environment; limits: ServerLimits },
): Promise<Listener> {
  if (command.kind === 'stdio') {
    const { listenStdio } = await import('../serve/serve-stdio.js');
    const { watching } = live;
    const maxMessageBytes = Math.max(maxBytes, STDIO_BYTES);
    const listener = listenStdio({
      ...{ factory, maxMessageBytes, graceMs },
      ...(watching && { watching }),
    });
    log.info('serving on stdio', { server: server.name, tools: tools.length });
    return listener;
  }
  await prepare();
  const { listenHttp } = await import('../serve/serve-http.js');
  const { host, port } = command;
  const notReady = tools.length > 0 && tools.every((tool) => problems(tool).length > 0);
  const listener = await listenHttp({
    ...{ factory, env, host, port, access, live, sessions },
    maxBodyBytes: maxBytes,
    health: () => Object.assign({}, ...backends.map(({ health }) => health?.())),
    ...(notReady && { notReady: 'every tool lacks settings: see the log' }),
  });
  log.info('serving on http', { url: listener.url, server: server.name, tools: tools.length });
  return listener;
}
