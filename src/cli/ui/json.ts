import type { Skipped } from '../../blueprint/types.js';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.js';
import type { DiagnosticPrinter } from '../../diagnostics/format-diagnostic.js';
import type { DiagnosticOutput } from '../output/common.js';
import type { Io } from '../io.js';

/** Writes the one object that `--json` prints. */
export function printJson(io: Io, value: object): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** A diagnostic as `--json` gives it: with line and column in place of the keys. */
export function diagnosticJson(
  diagnostic: Diagnostic,
  printer: DiagnosticPrinter,
): DiagnosticOutput {
  const { code, severity, message, at, fix } = diagnostic;
  return { code, severity, message, ...placeJson(diagnostic.origin, printer), at, fix };
}

/** Something that was left out, as `--json` gives it. */
export function skippedJson(skipped: Skipped, printer: DiagnosticPrinter): object {
  return { what: skipped.what, reason: skipped.reason, ...placeJson(skipped.origin, printer) };
}

function placeJson(
  origin: Origin | undefined,
  printer: DiagnosticPrinter,
): Pick<DiagnosticOutput, 'file' | 'line' | 'column'> {
  if (!origin) return {};
  const place = printer.locate(origin);
  return { file: origin.file, line: place?.line, column: place?.column };
}
