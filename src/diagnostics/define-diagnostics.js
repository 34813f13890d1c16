/**
 * Types a group of codes: annotate the parameter of `message`, and `fix` and every call of `diagnostic` follow it.
 */
export function defineDiagnostics(definitions) {
    return definitions;
}
