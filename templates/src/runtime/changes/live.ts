import {
  InMemoryServerEventBus,
  type CallToolResult,
  type ServerEvent,
  type ServerEventBus,
  type ServerOptions,
} from '@modelcontextprotocol/server';
import type { Backend } from '../backend.js';
import { withShown, type Catalogue, type TransportName } from '../catalogue.js';
import { describeError, log } from '../log.js';
import type { ServerTool } from '../tool.js';
import { createWatching, SHARE, type Watching } from './watching.js';

export type ListName = 'tools' | 'resources' | 'prompts';

/** What may have changed: a list, or what stands behind one URI. */
export type Change = ListName | { updated: string };

/** Backends say by it that something changed; callers are told as their version of the protocol has it. */
export type Announce = (change: Change) => void;

/** What changes while the server runs. */
export type Live = {
  transport: TransportName;
  /** Whose list of tools is always that of now. */
  catalogue: Catalogue;
  /** Lists that may change. */
  lists: ReadonlySet<ListName>;
  /** Absent where nothing that can be read is watched. */
  watching?: Watching;
  /** What the transports hand on to those who listen. */
  bus: ServerEventBus;
  /** Why a caller's call is refused now; undefined when it is not. */
  refusal: (tool: ServerTool) => string | undefined;
  announce: Announce;
};

const EVENTS = {
  tools: { kind: 'tools_list_changed' },
  resources: { kind: 'resources_list_changed' },
  prompts: { kind: 'prompts_list_changed' },
} as const satisfies Record<ListName, ServerEvent>;

/** For a list that may change at any time; a process that serves one client over stdio has its own. */
const CHANGING = {
  http: { ttlMs: 5_000, cacheScope: 'public' },
  stdio: { ttlMs: 0, cacheScope: 'private' },
} as const;

const METHODS: Record<ListName, (keyof NonNullable<ServerOptions['cacheHints']>)[]> = {
  tools: ['tools/list'],
  resources: ['resources/list', 'resources/templates/list'],
  prompts: ['prompts/list'],
};

/** Keeps the list of tools: a change makes a new one, and everybody reads that until the next. */
export function createLive(
  whole: Catalogue,
  backends: readonly Backend[],
  transport: TransportName,
): Live {
  const bus = new InMemoryServerEventBus((error) =>
    log.warn('a change was not announced', { error: describeError(error) }),
  );
  const deciding = backends.flatMap(({ shows }) => shows ?? []);
  const refusing = backends.flatMap(({ refusal }) => refusal ?? []);
  const make = () => withShown(whole, (tool) => deciding.every((shows) => shows(tool)));
  let current = deciding.length > 0 ? make() : whole;
  const lists = new Set(backends.flatMap(({ changing }) => changing ?? []));
  const hints = [...lists].flatMap((list) =>
    METHODS[list].map((method) => [method, CHANGING[transport]]),
  );
  const catalogue = Object.freeze({
    ...whole,
    get toolList() {
      return current.toolList;
    },
    cacheHints: Object.fromEntries(hints) as Catalogue['cacheHints'],
  });

  const announce: Announce = (change) => {
    if (typeof change === 'object') {
      bus.publish({ kind: 'resource_updated', uri: change.updated });
      return;
    }
    if (change === 'tools') {
      const next = make();
      if (isSameList(next, current)) return;
      current = next;
    }
    bus.publish(EVENTS[change]);
  };
  const watches = whole.resources.some(({ watch }) => watch !== undefined);
  return {
    transport,
    catalogue,
    lists,
    ...(watches && {
      watching: createWatching(
        whole.resources,
        (updated) => announce({ updated }),
        // Over stdio there is one caller.
        transport === 'http' ? SHARE : undefined,
      ),
    }),
    bus,
    refusal: (tool) => {
      for (const refuses of refusing) {
        const why = refuses(tool);
        if (why !== undefined) return why;
      }
      return undefined;
    },
    announce,
  };
}

function isSameList({ toolList: a }: Catalogue, { toolList: b }: Catalogue): boolean {
  return a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);
}

/** Calls of callers, which may not call what is switched off; `call` itself is for tools that call each other. */
export function unlessRefused<Rest extends unknown[]>(
  { refusal }: Pick<Live, 'refusal'>,
  call: (tool: ServerTool, ...rest: Rest) => Promise<CallToolResult>,
): (tool: ServerTool, ...rest: Rest) => Promise<CallToolResult> {
  return async (tool, ...rest) => {
    const why = refusal(tool);
    if (why === undefined) return call(tool, ...rest);
    return { content: [{ type: 'text', text: why }], isError: true };
  };
}
