import type { Client } from '@modelcontextprotocol/client';
import { listenToLists } from './listen-to-lists.js';
import type { PinnedKind } from './pins.js';
import { pinOf } from './pins.js';

/** One connection, and what the server at its other end lists now. */
export type Session = {
  client: Client;
  /** Whether an item is as it was pinned. Asks the server where that is not known, or no longer. */
  compare: (kind: PinnedKind, name: string, pin: string | undefined) => Promise<Comparison>;
  /** As it is listed now. */
  listed: (kind: PinnedKind, name: string) => Promise<Item | undefined>;
};

export type Comparison = 'same' | 'changed' | 'gone';

type Item = Record<string, unknown>;
type Lists = { at: number; items: Promise<Map<string, Item>> };

/** What is not announced, or was not heard, is noticed after this long. */
const FRESH_MS = 300_000;

export function createSession(client: Client, timeoutMs: number, now = Date.now): Session {
  const known = new Map<PinnedKind, Lists>();
  // A list lasts for many calls, and schemas are long.
  const pins = new WeakMap<Item, string>();
  const changed = {
    'notifications/tools/list_changed': ['tool'],
    'notifications/resources/list_changed': ['resource', 'template'],
    'notifications/prompts/list_changed': ['prompt'],
  } as const;
  for (const [method, kinds] of Object.entries(changed)) {
    client.setNotificationHandler(method as keyof typeof changed, () => {
      for (const kind of kinds) known.delete(kind);
    });
  }
  const listen = listenToLists(client, timeoutMs, () => known.clear(), now);
  const itemsOf = (kind: PinnedKind): Promise<Map<string, Item>> => {
    listen();
    const last = known.get(kind);
    if (last !== undefined && now() - last.at < FRESH_MS) return last.items;
    const items = list(client, kind, timeoutMs);
    known.set(kind, { at: now(), items });
    items.catch(() => known.get(kind)?.items === items && known.delete(kind));
    return items;
  };
  const listed = async (kind: PinnedKind, name: string) => (await itemsOf(kind)).get(name);
  return {
    client,
    listed,
    compare: async (kind, name, pin) => {
      const item = await listed(kind, name);
      if (item === undefined) return 'gone';
      const seen = pins.get(item) ?? pinOf(kind, item);
      pins.set(item, seen);
      return seen === pin ? 'same' : 'changed';
    },
  };
}

async function list(client: Client, kind: PinnedKind, timeout: number): Promise<Map<string, Item>> {
  const options = { timeout, cacheMode: 'refresh' } as const;
  const { tools, prompts, resources } = client.getServerCapabilities() ?? {};
  const can = { tool: tools, prompt: prompts, resource: resources, template: resources };
  // The client would say so on stdout, which belongs to the protocol.
  if (can[kind] === undefined) return new Map();
  const by = (items: readonly object[], key: string) =>
    new Map(items.map((item) => [String((item as Item)[key]), item as Item]));
  if (kind === 'tool') return by((await client.listTools({}, options)).tools, 'name');
  if (kind === 'prompt') return by((await client.listPrompts({}, options)).prompts, 'name');
  if (kind === 'resource') return by((await client.listResources({}, options)).resources, 'uri');
  const { resourceTemplates } = await client.listResourceTemplates({}, options);
  return by(resourceTemplates, 'uriTemplate');
}
