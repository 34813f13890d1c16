import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { DiagnosticPrinter } from '../diagnostics/format-diagnostic.js';
import type { Arguments } from './arguments.js';
import type { Io } from './io.js';
import { createPaint } from './ui/paint.js';
import { createProgress, type Progress } from './ui/progress.js';

/** One run of one command. */
export type Session = {
  args: Arguments;
  io: Io;
  /** Version of the generator. */
  version: string;
  progress: Progress;
  /** Names where the text of a file that was read can be found, for the frames of messages. */
  addTexts(textOf: (file: string) => string | undefined): void;
  /** Prints diagnostics for stdout or stderr; loads the parsers that find positions. */
  printer(stream: 'stdout' | 'stderr'): Promise<DiagnosticPrinter>;
  /** Writes a line to stderr, unless `--quiet` or `--json` says otherwise. */
  tell(line: string): void;
};

/** Starts a session for a parsed command line. */
export function createSession(args: Arguments, io: Io, version: string): Session {
  const finders: ((file: string) => string | undefined)[] = [];
  const isSilent = args.quiet || args.json;
  return {
    args,
    io,
    version,
    progress: createProgress(io.stderr, isSilent),
    // What was named last is what is meant: mcp.yaml as it would be, not as it was.
    addTexts: (textOf) => finders.unshift(textOf),
    printer: async (stream) => {
      const { createDiagnosticPrinter } = await import('../diagnostics/format-diagnostic.js');
      const { isDatabaseAddress } = await import('../sources/read/database-address.js');
      // What a database was asked for has no lines that somebody could look up.
      const textOf = (file: string) =>
        isDatabaseAddress(file)
          ? undefined
          : finders.map((find) => find(file)).find((t) => t !== undefined);
      return createDiagnosticPrinter(textOf, createPaint(io[stream], io.env, args.color));
    },
    tell: (line) => {
      if (!isSilent) io.stderr.write(`${line}\n`);
    },
  };
}

/** Errors first, then warnings, then hints; in the order in which they were found. */
export function bySeverity(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return [...diagnostics].sort((a, b) => rank[a.severity] - rank[b.severity]);
}
