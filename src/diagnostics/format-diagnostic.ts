import type { Diagnostic, Origin } from './diagnostic.js';
import { codeFrame } from './frame.js';
import { placeName } from './diagnostic.js';
import { createLocator, type Located } from './locate.js';
import { oneLine } from './visible.js';

/** Gives parts of the output a colour; the identity where there is none. */
export type Paint = (style: 'red' | 'yellow' | 'cyan' | 'dim' | 'bold', text: string) => string;

export type DiagnosticPrinter = {
  /** First line, frame, `at` and `fix`; without line break at the end. */
  full(diagnostic: Diagnostic): string;
  /** The first line alone: `file:line:column  severity  code  message`. */
  line(diagnostic: Diagnostic): string;
  locate(origin: Origin): Located | undefined;
};

const colours = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** Prints diagnostics; `textOf` gives the text of a file that was read, by the name in `Origin.file`. */
export function createDiagnosticPrinter(
  textOf: (file: string) => string | undefined,
  paint: Paint = (_, text) => text,
): DiagnosticPrinter {
  const locator = createLocator(textOf);
  const locate = (diagnostic: Diagnostic) => diagnostic.origin && locator(diagnostic.origin);

  function line(diagnostic: Diagnostic): string {
    const severity = paint(colours[diagnostic.severity], diagnostic.severity);
    const parts = [severity, paint('dim', diagnostic.code), paint('bold', diagnostic.message)];
    const place = locate(diagnostic);
    if (!diagnostic.origin) return parts.join('  ');
    const file = oneLine(placeName(diagnostic.origin));
    return [place ? `${file}:${place.line}:${place.column}` : file, ...parts].join('  ');
  }

  function full(diagnostic: Diagnostic): string {
    const place = locate(diagnostic);
    const text = diagnostic.origin && textOf(diagnostic.origin.file);
    const lines = [line(diagnostic)];
    if (place && text !== undefined) lines.push(...codeFrame(text, place));
    if (diagnostic.at !== undefined) lines.push(`${paint('dim', 'at')}   ${diagnostic.at}`);
    if (diagnostic.fix !== undefined) lines.push(`${paint('dim', 'fix')}  ${diagnostic.fix}`);
    return lines.join('\n');
  }

  return { full, line, locate: locator };
}
