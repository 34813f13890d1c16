import type { Severity } from './diagnostic.js';

/** What the catalogue knows of one code. `Fields` are the facts that its sentences are made of. */
export type DiagnosticDefinition<Fields> = {
  severity: Severity;
  /** One line, without position and without full stop. */
  message: (fields: Fields) => string;
  /** What to do about it, as an instruction; undefined where these fields give no better advice. */
  fix: (fields: Fields) => string | undefined;
  /** A paragraph for `explain <code>`: what it means, why it matters, what the tool does then. */
  explain: string;
};

/**
 * Types a group of codes: annotate the parameter of `message`, and `fix` and every call of `diagnostic` follow it.
 */
export function defineDiagnostics<Fields extends Record<`MCP${number}`, object>>(definitions: {
  [Code in keyof Fields]: DiagnosticDefinition<Fields[Code]>;
}): { [Code in keyof Fields]: DiagnosticDefinition<Fields[Code]> } {
  return definitions;
}
