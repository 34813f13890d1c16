import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP78x: sessions. */
export const sessionDiagnostics = defineDiagnostics({
  MCP780: {
    severity: 'warning',
    message: (_: object) => 'serve.sessions has no effect: the server is made for stdio alone',
    fix: () => 'add http to serve.transports, or remove serve.sessions',
    explain:
      'Over stdio a connection is a session. Over HTTP clients of versions of the protocol before 2026-07-28 have one where ' +
      '`serve.sessions` of mcp.yaml says so.',
  },
});
