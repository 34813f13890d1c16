import type { Backend } from './backend.js';
import { readCommand, usage, UsageError, type ServeCommand } from './start/command-line.js';
import { configureLog, log } from './log.js';
import { MissingSettings, requireSettings } from './settings/needed-settings.js';
import { describeProblems } from './calls/readiness.js';
import { withSecretFiles } from './settings/secret-files.js';
import { SettingError } from './settings/settings.js';
import { assemble, type Assembled, type ServerParts } from './start/assemble.js';
import { fail } from './start/fail.js';
import { listen } from './start/listen.js';
import { readServerLimits } from './start/server-limits.js';
import { hasHandler } from './tool.js';

/** Whoever starts the server can mend these: they are told what, without a trace. */
const REFUSALS = [UsageError, SettingError, MissingSettings];
/** What comes and goes is asked for before the first list is given, as far as it answers by then. */
const FIRST_LOOK_MS = 3_000;

/** Runs the server until it is told to stop, and ends the process. */
export async function start(parts: ServerParts): Promise<void> {
  try {
    const { server } = parts;
    const command = readCommand(process.argv.slice(2), process.env, server);
    if (command.kind === 'help') return void process.stdout.write(usage(server));
    if (command.kind === 'version') return void process.stdout.write(`${server.version}\n`);
    configureLog(process.env);
    process.on('uncaughtException', fail);
    await serve(parts, command);
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal)) {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exit(2);
    }
    fail(error);
  }
}

async function serve(parts: ServerParts, command: ServeCommand): Promise<void> {
  const env = withSecretFiles(process.env, parts.server.secrets);
  requireSettings(env, parts.server.needs);
  const limits = readServerLimits(env);
  const assembled = assemble(parts, { transport: command.kind, env, limits });
  const { backends } = assembled;
  sayWhatThereIs(parts, assembled);
  await firstLook(backends);
  const listener = await listen(command, parts, assembled, { env, limits });

  const reason = await Promise.race([
    stopSignal(),
    listener.ended?.then(() => 'end of input') ?? never(),
  ]);
  log.info('stopping', { reason });
  await listener.close(limits.graceMs);
  await Promise.all(backends.map(({ close }) => close()));
  process.exit(0);
}

function sayWhatThereIs({ tools, hooks }: ServerParts, { problems }: Assembled): void {
  for (const problem of describeProblems(tools, problems)) log.warn(problem);
  const handled = tools
    .filter((tool) => hasHandler(tool) && tool.steps === undefined)
    .map(({ name }) => name);
  if (handled.length > 0) log.info('tools with handlers', { tools: handled.join(', ') });
  if (hooks) log.info('hooks around requests', { hooks: Object.keys(hooks).join(', ') });
}

async function firstLook(backends: readonly Backend[]): Promise<void> {
  const begun = backends.flatMap(({ begin }) => begin?.() ?? []);
  if (begun.length > 0) await Promise.race([Promise.all(begun), delay(FIRST_LOOK_MS)]);
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
