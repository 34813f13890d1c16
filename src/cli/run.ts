import { InputError } from '../diagnostics/diagnostic.js';
import { parseArguments } from './arguments.js';
import type { CommandName } from './command-names.js';
import { ExitCode } from './exit-codes.js';
import { Cancelled, type Io } from './io.js';
import { createSession, type Session } from './session.js';
import { generatorVersion } from './version.js';

type Command = (session: Session) => Promise<number>;

/** Loaded when needed: `--help` must not wait for parsers and formatters. */
const commands: Record<CommandName, () => Promise<Command>> = {
  scaffold: async () => (await import('./commands/scaffold.js')).scaffold,
  add: async () => (await import('./commands/add.js')).add,
  inspect: async () => (await import('./commands/inspect.js')).inspect,
  regenerate: async () => (await import('./commands/regenerate.js')).regenerate,
  diff: async () => (await import('./commands/diff.js')).diff,
  check: async () => (await import('./commands/check.js')).check,
  eject: async () => (await import('./commands/eject.js')).eject,
  explain: async () => (await import('./commands/explain.js')).explain,
};

/**
 * Runs one command line and gives the exit code: 0 done, 1 findings, 2 could not do it, 70 a bug, 130 cancelled. Never
 * throws and never exits.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let session: Session | undefined;
  try {
    const version = generatorVersion();
    const parsed = await parseArguments(argv, version);
    if ('text' in parsed) {
      io.stdout.write(`${parsed.text}\n`);
      return ExitCode.ok;
    }
    session = createSession(parsed, io, version);
    const command = await commands[parsed.command]();
    const code = await command(session);
    session.progress.done();
    // What was being written is finished first; whoever asked for an end is told that there was one.
    await new Promise((resolve) => setImmediate(resolve));
    return io.signal.aborted ? ExitCode.cancelled : code;
  } catch (error) {
    session?.progress.done();
    if (error instanceof Cancelled || io.signal.aborted) {
      const told = error instanceof Cancelled ? error : new Cancelled();
      io.stderr.write(`${told.message}\n`);
      return ExitCode.cancelled;
    }
    const { refusedBySystem } = await import('./refused-by-system.js');
    const failure = refusedBySystem(error) ?? error;
    const { reportFailure } = await import('./ui/report-failure.js');
    await reportFailure(failure, argv, io, session);
    return failure instanceof InputError ? ExitCode.unable : ExitCode.bug;
  }
}
