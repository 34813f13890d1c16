import { InputError } from '../../diagnostics/diagnostic.js';
import { oneLine } from '../../diagnostics/visible.js';
import { ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import type { Session } from '../session.js';
import { diagnosticJson, printJson } from './json.js';

const MAX_SHOWN = 20;

/** Tells why a run failed: on stderr for people, as one object on stdout with `--json`. */
export async function reportFailure(
  error: unknown,
  argv: readonly string[],
  io: Io,
  session: Session | undefined,
): Promise<void> {
  const isJson = argv.includes('--json');
  if (!(error instanceof InputError)) return reportBug(error, isJson, io);
  const { createDiagnosticPrinter } = await import('../../diagnostics/format-diagnostic.js');
  const printer = (await session?.printer('stderr')) ?? createDiagnosticPrinter(() => undefined);
  if (isJson) {
    const errors = error.diagnostics.map((diagnostic) => diagnosticJson(diagnostic, printer));
    printJson(io, { ok: false, exitCode: ExitCode.unable, errors });
    return;
  }
  for (const diagnostic of error.diagnostics.slice(0, MAX_SHOWN)) {
    io.stderr.write(`${printer.full(diagnostic)}\n`);
  }
  const more = error.diagnostics.length - MAX_SHOWN;
  if (more > 0) io.stderr.write(`and ${more} more\n`);
}

function reportBug(error: unknown, isJson: boolean, io: Io): void {
  const message = error instanceof Error ? error.message : String(error);
  if (isJson) printJson(io, { ok: false, exitCode: ExitCode.bug, errors: [{ message }] });
  io.stderr.write(`error  this is a bug in create-mcp-server: ${oneLine(message)}\n`);
  if (error instanceof Error && error.stack) io.stderr.write(`${error.stack}\n`);
  io.stderr.write('fix  please report it with the text above and your command line\n');
}
