import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP77x: toolsets of the manifest. */
export const toolsetDiagnostics = defineDiagnostics({
  MCP770: {
    severity: 'error',
    message: (f: { toolset: string; tool: string; suggestion?: string }) =>
      `toolset ${f.toolset} names ${f.tool}, but callers see no such tool`,
    fix: (f) =>
      f.suggestion === undefined
        ? 'name tools as TOOLS.md lists them, with * for any characters'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'A toolset holds tools by the names that callers see, after renaming. A name that no tool has would leave a tool switched ' +
      'on that was meant to be off.',
  },
  MCP771: {
    severity: 'error',
    message: (f: { tool: string; key: string }) =>
      `a tool is named ${f.tool}, which is the name of the one that switches toolsets`,
    fix: (f) => `give it another name: tools.${f.key}.name in mcp.yaml`,
    explain:
      'A server with toolsets has a tool named toolsets, by which clients over stdio switch them. Clients tell tools apart by ' +
      'name, and some ignore upper and lower case.',
  },
});
