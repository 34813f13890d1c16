import { inputDiagnostics } from './catalog/input.js';
import { manifestDiagnostics } from './catalog/manifest.js';
import { openapiDiagnostics } from './catalog/openapi.js';
import { projectDiagnostics } from './catalog/project.js';
import { oneLine } from './visible.js';
/** Every message that a user can meet, by code. A new group of codes is a file in `catalog/` and a line here. */
export const catalog = {
    ...inputDiagnostics,
    ...openapiDiagnostics,
    ...projectDiagnostics,
    ...manifestDiagnostics,
};
/** Makes the message for `code`; foreign text in it is put on one line with control characters made visible. */
export function diagnostic(code, fields, place = {}) {
    const definition = catalog[code];
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
export function isCode(word) {
    return Object.hasOwn(catalog, word);
}
