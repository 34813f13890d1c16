import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP74x: who may call. */
export const authDiagnostics = defineDiagnostics({
  MCP740: {
    severity: 'error',
    message: (f: { where: string }) =>
      `${f.where} asks for scopes, but over HTTP nobody's token is looked at`,
    fix: () =>
      'say whose tokens are accepted: serve: { auth: { issuer: https://…, audience: https://… } }, or serve only stdio: serve: { transports: [stdio] }',
    explain:
      'Scopes stand in access tokens, which the server checks when mcp.yaml has `serve.auth`. Without it everybody who reaches the ' +
      'server could call every tool, whatever scopes it is given. Over stdio whoever starts the process is its only caller, so ' +
      'scopes are not asked for there.',
  },
  MCP742: {
    severity: 'error',
    message: (f: { where: string }) =>
      `${f.where} is taken from a token, but over HTTP nobody's token is looked at`,
    fix: () =>
      'say whose tokens are accepted: serve: { auth: { issuer: https://…, audience: https://… } }, or serve only stdio: serve: { transports: [stdio] }',
    explain:
      'What a database decides by who may see which rows must come from a token that was verified, which the server does when ' +
      'mcp.yaml has `serve.auth`. Over stdio, where there is no token, an environment variable stands in for it.',
  },
  MCP741: {
    severity: 'warning',
    message: (_: object) => 'serve.auth has no effect: the server is made for stdio alone',
    fix: () => 'add http to serve.transports, or remove serve.auth',
    explain:
      'Over stdio whoever starts the process is its only caller, and gives it what it needs by the environment (MCP 2026-07-28, ' +
      'Authorization). Access tokens belong to HTTP.',
  },
});
