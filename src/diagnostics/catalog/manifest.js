import { defineDiagnostics } from '../define-diagnostics.js';
/** MCP7xx: the manifest, mcp.yaml. */
export const manifestDiagnostics = defineDiagnostics({
    MCP701: {
        severity: 'error',
        message: (f) => `${f.where} in the manifest cannot be used: ${f.why}`,
        fix: () => 'correct the value',
        explain: 'The manifest is checked as a whole before anything is read or written.',
    },
    MCP702: {
        severity: 'error',
        message: (f) => `"${f.key}" is not a key of ${f.where === '' ? 'the manifest' : f.where}`,
        fix: (f) => (f.suggestion === undefined ? 'remove it' : `did you mean "${f.suggestion}"?`),
        explain: 'An unknown key would be a setting that silently has no effect, so it is an error.',
    },
});
