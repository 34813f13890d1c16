import { authDiagnostics } from './catalog/auth.js';
import { compositionDiagnostics } from './catalog/composition.js';
import { databaseDiagnostics } from './catalog/database.js';
import { findingDiagnostics } from './catalog/findings.js';
import { inputDiagnostics } from './catalog/input.js';
import { manifestDiagnostics } from './catalog/manifest.js';
import { openapiDiagnostics } from './catalog/openapi.js';
import { projectDiagnostics } from './catalog/project.js';
import { sessionDiagnostics } from './catalog/sessions.js';
import { sqlDiagnostics } from './catalog/sql.js';
import { upstreamDiagnostics } from './catalog/upstream.js';
import { toolsetDiagnostics } from './catalog/toolsets.js';
import type { DiagnosticDefinition } from './define-diagnostics.js';
import type { Diagnostic, Origin } from './diagnostic.js';
import { oneLine } from './visible.js';

/** Every message that a user can meet, by code. A new group of codes is a file in `catalog/` and a line here. */
export const catalog = {
  ...inputDiagnostics,
  ...openapiDiagnostics,
  ...projectDiagnostics,
  ...findingDiagnostics,
  ...manifestDiagnostics,
  ...authDiagnostics,
  ...compositionDiagnostics,
  ...sqlDiagnostics,
  ...databaseDiagnostics,
  ...upstreamDiagnostics,
  ...toolsetDiagnostics,
  ...sessionDiagnostics,
};

export type Code = keyof typeof catalog;

/** The facts that a code's sentences need. */
export type FieldsOf<C extends Code> =
  (typeof catalog)[C] extends DiagnosticDefinition<infer Fields> ? Fields : never;

/** Makes the message for `code`; foreign text in it is put on one line with control characters made visible. */
export function diagnostic<C extends Code>(
  code: C,
  fields: FieldsOf<C>,
  place: { origin?: Origin; at?: string } = {},
): Diagnostic {
  const definition = catalog[code] as unknown as DiagnosticDefinition<FieldsOf<C>>;
  const fix = definition.fix(fields);
  return {
    code,
    severity: definition.severity,
    message: oneLine(definition.message(fields)),
    ...(place.origin && { origin: place.origin }),
    ...(place.at !== undefined && { at: oneLine(place.at) }),
    ...(fix !== undefined && { fix: oneLine(fix) }),
  };
}

/** Whether a word typed by a user is a code. */
export function isCode(word: string): word is Code {
  return Object.hasOwn(catalog, word);
}
