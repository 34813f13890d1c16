import type { Access, AccessFactory } from '../auth/access.js';
import type { Backend, BackendFactory } from '../backend.js';
import { createCallSlots } from '../calls/call-slots.js';
import { createCatalogue, type ServerInfo, type TransportName } from '../catalogue.js';
import { announcing, type ServingFactory } from '../changes/announcing.js';
import { createLive, unlessRefused, type Live } from '../changes/live.js';
import { UsageError } from './command-line.js';
import { createServerFactory, type CallTool } from '../serve/create-server.js';
import type { Hooks } from '../hooks.js';
import { createRequestStates } from '../input/request-states.js';
import { setRedactor } from '../log.js';
import { createOwnServer } from '../offers/own-server.js';
import type { SessionsFactory } from '../sessions/sessions.js';
import type { Environment } from '../settings/settings.js';
import { hasHandler, type ServerTool } from '../tool.js';
import { callsOnDemand } from './calls-on-demand.js';
import type { ServerLimits } from './server-limits.js';

export type ServerParts = {
  server: ServerInfo;
  /** What stands behind the tools. */
  backends: readonly BackendFactory[];
  tools: readonly ServerTool[];
  /** Functions of the user around every request. */
  hooks?: Hooks;
  /** Who may call over HTTP: everybody who reaches the server unless given. */
  auth?: AccessFactory;
  /** For clients over HTTP of versions before 2026-07-28; without it each of their requests stands for itself. */
  sessions?: SessionsFactory;
};

/** A server that nobody listens to yet. */
export type Assembled = {
  factory: ServingFactory;
  backends: readonly Backend[];
  access: Access | undefined;
  live: Live;
  /** Why a tool cannot work with this environment; empty when it can. */
  problems: (tool: ServerTool) => string[];
  /** Loads what calls need, so that the first one does not wait. */
  prepare: () => Promise<void>;
};

/** Puts together what a transport serves. Throws UsageError, SettingError. */
export function assemble(
  { server, backends: factories, tools, hooks, auth }: ServerParts,
  { transport, env, limits }: { transport: TransportName; env: Environment; limits: ServerLimits },
): Assembled {
  const access = transport === 'http' ? auth?.({ env, title: server.title, tools }) : undefined;
  if (transport === 'http' && access === undefined && tools.some(({ scopes }) => scopes)) {
    throw new UsageError(
      'tools need scopes, so over HTTP this server needs serve.auth in mcp.yaml',
    );
  }

  // Backends know the server that is made of them, which is there when they are first asked.
  let live: Live | undefined;
  const own = createOwnServer(
    () => catalogue,
    (...call) => callTool(...call),
  );
  const userAgent = `${server.name}/${server.version}`;
  const backends = factories.map((create) =>
    create({
      ...{ env, userAgent, hooks, access, transport, server: own },
      announce: (change) => live?.announce(change),
    }),
  );
  redactBy([access, ...backends]);

  const catalogue = createCatalogue(
    [...tools, ...backends.flatMap((backend) => backend.tools ?? [])],
    backends.flatMap(({ resources }) => resources ?? []),
    backends.flatMap(({ prompts }) => prompts ?? []),
  );
  const problems = (tool: ServerTool) => problemsOf(tool, backends);
  const { timeoutMs, maxResultChars } = limits;
  const slots = createCallSlots(limits);
  const calls = callsOnDemand({
    ...{ catalogue, backends, access, problems, slots, timeoutMs, maxResultChars },
  });
  const callTool: CallTool = calls.callTool;

  const shown = (live = createLive(catalogue, backends, transport));
  const allowed = unlessRefused(shown, callTool);
  const made = createServerFactory(server, shown.catalogue, allowed, createRequestStates(env));
  const guarded = access?.guard(made, () => catalogue) ?? made;
  const watching =
    shown.watching && access ? access.watching(shown.watching, () => catalogue) : shown.watching;
  // What is watched for somebody is something that he may read.
  const told = { ...shown, ...(watching && { watching }) };
  return {
    ...{ backends, access, problems },
    live: told,
    factory: announcing(guarded, told),
    prepare: async () => {
      await Promise.all([calls.load(), ...backends.map(({ prepare }) => prepare?.())]);
    },
  };
}

/** Nothing that they know as a secret gets into the log. */
function redactBy(redactors: readonly (Pick<Backend, 'redact'> | undefined)[]): void {
  setRedactor((text) => redactors.reduce((clean, one) => one?.redact?.(clean) ?? clean, text));
}

/** A handler may do without the call that it stands in for; if it makes it, that says what is missing. */
function problemsOf(tool: ServerTool, backends: readonly Backend[]): string[] {
  if (hasHandler(tool)) return [];
  return backends.find(({ serves }) => serves(tool))?.problems(tool) ?? [];
}
