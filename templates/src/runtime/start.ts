import type { AccessFactory } from './access.js';
import type { Backend, BackendFactory } from './backend.js';
import { createCallSlots } from './call-slots.js';
import { createCatalogue, type ServerInfo } from './catalogue.js';
import { announcing } from './changes/announcing.js';
import { createLive, unlessRefused, type Live } from './changes/live.js';
import { readCommand, usage, UsageError, type ServeCommand } from './command-line.js';
import { createServerFactory, type CallTool } from './create-server.js';
import type { Hooks } from './hooks.js';
import { configureLog, describeError, log, setRedactor } from './log.js';
import { createRequestStates } from './input/request-states.js';
import { createOwnServer } from './offers/own-server.js';
import { describeProblems } from './readiness.js';
import { readResultLimit } from './result-limit.js';
import { withSecretFiles } from './secret-files.js';
import { readInteger, SettingError } from './settings.js';
import { hasHandler, type ServerTool } from './tool.js';

export type StartOptions = {
  server: ServerInfo;
  /** What stands behind the tools. */
  backends: readonly BackendFactory[];
  tools: readonly ServerTool[];
  /** Functions of the user around every request. */
  hooks?: Hooks;
  /** Who may call over HTTP: everybody who reaches the server unless given. */
  auth?: AccessFactory;
};

/** Something that is served; `ended` is there when it can end by itself. */
type Listener = { ended?: Promise<void>; close: (graceMs: number) => Promise<void> };

// A call may be more than a request: handlers make several or none. So calls have a limit and a deadline of their own
// (memory, and how long a client waits), beside those of each request to an upstream in `http/limits.ts`.
const GRACE_MS = { fallback: 10_000, min: 0, max: 300_000 };
const TIMEOUT_MS = { fallback: 60_000, min: 100, max: 600_000 };
const BODY_BYTES = { fallback: 4_194_304, min: 1_024, max: 104_857_600 };
/** A longer message ends the connection, and over stdio nobody but the client can send one. */
const STDIO_BYTES = 10_485_760;
const CONCURRENCY = { fallback: 32, min: 1, max: 10_000 };
/** What comes and goes is asked for before the first list is given, as far as it answers by then. */
const FIRST_LOOK_MS = 3_000;
const QUEUE = { fallback: 256, min: 0, max: 100_000 };

/** Runs the server until it is told to stop. The only function that ends the process. */
export async function start(options: StartOptions): Promise<void> {
  try {
    const { server } = options;
    const command = readCommand(process.argv.slice(2), process.env, server);
    if (command.kind === 'help') return void process.stdout.write(usage(server));
    if (command.kind === 'version') return void process.stdout.write(`${server.version}\n`);
    configureLog(process.env);
    process.on('uncaughtException', fail);
    await serve(options, command);
  } catch (error) {
    if (error instanceof UsageError || error instanceof SettingError) {
      process.stderr.write(`${error.message}\n`);
      process.exit(2);
    }
    fail(error);
  }
}

async function serve(
  { server, backends: factories, tools, hooks, auth }: StartOptions,
  command: ServeCommand,
): Promise<void> {
  const env = withSecretFiles(process.env, server.secrets);
  const graceMs = readInteger(env, 'SHUTDOWN_GRACE_MS', GRACE_MS);
  const maxBytes = readInteger(env, 'MAX_REQUEST_BYTES', BODY_BYTES);
  const slots = createCallSlots({
    concurrency: readInteger(env, 'MAX_CONCURRENT_CALLS', CONCURRENCY),
    queue: readInteger(env, 'MAX_QUEUED_CALLS', QUEUE),
  });
  const access = command.kind === 'http' ? auth?.({ env, title: server.title, tools }) : undefined;
  if (command.kind === 'http' && access === undefined && tools.some(({ scopes }) => scopes)) {
    throw new UsageError(
      'tools need scopes, so over HTTP this server needs serve.auth in mcp.yaml',
    );
  }
  const userAgent = `${server.name}/${server.version}`;
  let live: Live | undefined;
  const backends = factories.map((create) =>
    create({
      env,
      userAgent,
      hooks,
      access,
      transport: command.kind,
      announce: (change) => live?.announce(change),
      server: createOwnServer(
        () => catalogue,
        (...call) => callTool(...call),
      ),
    }),
  );
  const redactors = [access, ...backends];
  setRedactor((text) => redactors.reduce((clean, one) => one?.redact?.(clean) ?? clean, text));
  const catalogue = createCatalogue(
    [...tools, ...backends.flatMap((backend) => backend.tools ?? [])],
    backends.flatMap(({ resources }) => resources ?? []),
    backends.flatMap(({ prompts }) => prompts ?? []),
  );
  const problems = (tool: ServerTool) => problemsOf(tool, backends);
  const timeoutMs = readInteger(env, 'CALL_TIMEOUT_MS', TIMEOUT_MS);
  const maxResultChars = readResultLimit(env);
  // Loaded with the first call: most of what a server consists of is not needed to say what it can do.
  const loadCalls = async () => {
    const { createToolCalls } = await import('./tool-calls.js').catch(fail);
    return createToolCalls({
      ...{ catalogue, backends, access, problems, slots, timeoutMs, maxResultChars },
    });
  };
  let calls: Promise<CallTool> | undefined;
  const callTool: CallTool = async (...call) => (await (calls ??= loadCalls()))(...call);
  const shown = (live = createLive(catalogue, backends, command.kind));
  const allowed = unlessRefused(shown, callTool);
  const made = createServerFactory(server, shown.catalogue, allowed, createRequestStates(env));
  const factory = announcing(access?.guard(made, () => catalogue) ?? made, shown);
  for (const problem of describeProblems(tools, problems)) log.warn(problem);
  const handled = tools
    .filter((tool) => hasHandler(tool) && tool.steps === undefined)
    .map(({ name }) => name);
  if (handled.length > 0) log.info('tools with handlers', { tools: handled.join(', ') });
  if (hooks) log.info('hooks around requests', { hooks: Object.keys(hooks).join(', ') });

  const begun = backends.flatMap(({ begin }) => begin?.() ?? []);
  if (begun.length > 0) await Promise.race([Promise.all(begun), delay(FIRST_LOOK_MS)]);

  // Each transport is loaded only where it is used.
  let listener: Listener;
  if (command.kind === 'stdio') {
    const { listenStdio } = await import('./serve-stdio.js');
    listener = listenStdio({
      factory,
      maxMessageBytes: Math.max(maxBytes, STDIO_BYTES),
      graceMs,
      ...(live.watching && { watching: live.watching }),
    });
    log.info('serving on stdio', { server: server.name, tools: tools.length });
  } else {
    const { host, port } = command;
    calls = loadCalls();
    await Promise.all([calls, ...backends.map(({ prepare }) => prepare?.())]);
    const { listenHttp } = await import('./serve-http.js');
    const notReady = tools.length > 0 && tools.every((tool) => problems(tool).length > 0);
    const http = await listenHttp({
      factory,
      env,
      host,
      port,
      maxBodyBytes: maxBytes,
      access,
      live,
      health: () => Object.assign({}, ...backends.map(({ health }) => health?.())),
      ...(notReady && { notReady: 'every tool lacks settings: see the log' }),
    });
    listener = http;
    log.info('serving on http', { url: http.url, server: server.name, tools: tools.length });
  }

  const reason = await Promise.race([
    stopSignal(),
    listener.ended?.then(() => 'end of input') ?? never(),
  ]);
  log.info('stopping', { reason });
  await listener.close(graceMs);
  await Promise.all(backends.map(({ close }) => close()));
  process.exit(0);
}

/** A handler may do without the call that it stands in for; if it makes it, that says what is missing. */
function problemsOf(tool: ServerTool, backends: readonly Backend[]): string[] {
  if (hasHandler(tool)) return [];
  return backends.find(({ serves }) => serves(tool))?.problems(tool) ?? [];
}

/** The first signal asks to stop; a second one does not wait for what is still being answered. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve(signal);
      });
    }
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function never(): Promise<never> {
  return new Promise(() => {});
}

function fail(error: unknown): never {
  log.error('cannot go on', { error: describeError(error) });
  process.exit(1);
}
