import { PassThrough } from 'node:stream';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport as V1Streams } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  PromptListChangedNotificationSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { StdioServerTransport as Streams } from '@modelcontextprotocol/server/stdio';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import { createCallSlots } from '../../../templates/src/runtime/calls/call-slots.js';
import { createCatalogue, type TransportName } from '../../../templates/src/runtime/catalogue.js';
import { announcing } from '../../../templates/src/runtime/changes/announcing.js';
import { createLive, unlessRefused } from '../../../templates/src/runtime/changes/live.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import { listenHttp } from '../../../templates/src/runtime/serve/serve-http.js';
import { listenStdio } from '../../../templates/src/runtime/serve/serve-stdio.js';
import { createToolCalls } from '../../../templates/src/runtime/calls/tool-calls.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';

export const ERAS = ['v2 on 2026-07-28', 'v2 on 2025-11-25', 'v1'] as const;
export type Era = (typeof ERAS)[number];

const SERVER = { name: 'shop', title: 'Shop', version: '1.0.0' };
const IDENTITY = { name: 'test', version: '0' };

/** A backend that serves nothing, with what is given. */
export function backend(parts: Partial<Backend>): Backend {
  return {
    serves: () => false,
    problems: () => [],
    call: () => Promise.reject(new Error('not called')),
    close: async () => {},
    ...parts,
  };
}

export function tool(name: string): ServerTool {
  return { name, description: name, inputSchema: { type: 'object' } };
}

/** Put together as the entry point does it. */
export function put(
  backends: readonly Backend[],
  tools: readonly ServerTool[],
  transport: TransportName,
) {
  const whole = createCatalogue(
    [...tools, ...backends.flatMap((one) => one.tools ?? [])],
    backends.flatMap(({ resources }) => resources ?? []),
    backends.flatMap(({ prompts }) => prompts ?? []),
  );
  const live = createLive(whole, backends, transport);
  const call = createToolCalls({
    ...{ catalogue: whole, backends, problems: () => [] },
    slots: createCallSlots({ concurrency: 8, queue: 8 }),
    ...{ timeoutMs: 10_000, maxResultChars: 10_000 },
  });
  const info = { ...SERVER, transports: [transport] };
  const make = createServerFactory(info, live.catalogue, unlessRefused(live, call));
  return { live, factory: announcing(make, live) };
}

type Put = ReturnType<typeof put>;

/** What a client has heard: `tools`, `resources`, `prompts`, or the URI that changed. */
export type Heard = string[];

export type Connected = {
  client: Client;
  heard: Heard;
  /** Asks for lists and URIs as the version of the protocol has it; gives what ends it. */
  listen: (uris?: string[]) => Promise<() => Promise<unknown>>;
  /** Ends both; what the server still has to answer may take this long. */
  close: (graceMs?: number) => Promise<void>;
};

export async function connect(
  era: Era,
  { live, factory }: Put,
  transport: TransportName,
): Promise<Connected> {
  if (transport === 'http') {
    const listener = await listenHttp({
      ...{ factory, env: {}, host: '127.0.0.1', port: 0, maxBodyBytes: 100_000 },
      live,
    });
    const url = new URL(listener.url);
    const { client, heard } = newClient(era);
    if (era === 'v1') await (client as unknown as V1Client).connect(new V1Http(url));
    else await client.connect(new StreamableHTTPClientTransport(url));
    const close = async (graceMs = 1_000) => {
      await client.close();
      await listener.close(graceMs);
    };
    return { client, heard, listen: listening(era, client), close };
  }
  const [input, output] = [new PassThrough(), new PassThrough()];
  const listener = listenStdio({
    ...{ factory, input, output, maxMessageBytes: 1e6, graceMs: 5_000 },
    ...(live.watching && { watching: live.watching }),
  });
  const { client, heard } = newClient(era);
  if (era === 'v1')
    await (client as unknown as V1Client).connect(new V1Streams(output, input) as never);
  else await client.connect(new Streams(output, input));
  const close = async (graceMs = 1_000) => {
    // The server first: a client that goes takes back what it asked for.
    await listener.close(graceMs);
    await client.close();
  };
  return { client, heard, listen: listening(era, client), close };
}

function newClient(era: Era): { client: Client; heard: Heard } {
  const heard: Heard = [];
  if (era === 'v1') {
    const client = new V1Client(IDENTITY);
    const on = client.setNotificationHandler.bind(client);
    on(ToolListChangedNotificationSchema, () => void heard.push('tools'));
    on(ResourceListChangedNotificationSchema, () => void heard.push('resources'));
    on(PromptListChangedNotificationSchema, () => void heard.push('prompts'));
    on(ResourceUpdatedNotificationSchema, ({ params }) => void heard.push(params.uri));
    return { client: client as unknown as Client, heard };
  }
  const mode = era === 'v2 on 2026-07-28' ? { pin: '2026-07-28' } : ('legacy' as const);
  const client = new Client(IDENTITY, { versionNegotiation: { mode } });
  client.setNotificationHandler('notifications/tools/list_changed', () => void heard.push('tools'));
  client.setNotificationHandler('notifications/resources/list_changed', () => {
    heard.push('resources');
  });
  client.setNotificationHandler('notifications/prompts/list_changed', () => {
    heard.push('prompts');
  });
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
    heard.push(params.uri);
  });
  return { client, heard };
}

function listening(era: Era, client: Client): Connected['listen'] {
  if (era === 'v2 on 2026-07-28') {
    return async (uris = []) => {
      const stream = await client.listen({
        ...{ toolsListChanged: true, resourcesListChanged: true, promptsListChanged: true },
        resourceSubscriptions: uris,
      });
      return () => stream.close();
    };
  }
  return async (uris = []) => {
    for (const uri of uris) await client.subscribeResource({ uri });
    return async () => {
      for (const uri of uris) await client.unsubscribeResource({ uri });
    };
  };
}

/** Waits until something holds; gives up after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
