import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP86x: other MCP servers as sources. */
export const upstreamDiagnostics = defineDiagnostics({
  MCP860: {
    severity: 'error',
    message: (f: { file: string; why: string }) =>
      `${f.file} is no snapshot of an MCP server: ${f.why}`,
    fix: () => 'read the server again: regenerate --source <id>=<its address or mcp+stdio:command>',
    explain:
      'What another MCP server lists is pinned as JSON below specs/, so that the project can be generated without it, and ' +
      'what it lists later can be compared with that.',
  },
  MCP861: {
    severity: 'error',
    message: (f: { what: string; why: string }) =>
      `the MCP server ${f.what} cannot be read: ${f.why}`,
    fix: () => 'start it, check the address or the command, and set the variables that it needs',
    explain:
      'A snapshot is made by connecting: over Streamable HTTP, or by starting a command and speaking on its stdin and stdout. ' +
      'Any version of the protocol from 2024-11-05 to 2026-07-28 will do.',
  },
  MCP862: {
    severity: 'warning',
    message: (f: { list: string; pattern: string }) =>
      `${f.list} "${f.pattern}" matches nothing that the MCP server lists`,
    fix: (f: { list: string; pattern: string; suggestion?: string }) =>
      f.suggestion === undefined
        ? 'compare it with the names in the snapshot'
        : `did you mean "${f.suggestion}"?`,
    explain: 'Patterns are names of tools and prompts and URIs of resources; * is any characters.',
  },
  MCP863: {
    severity: 'info',
    message: (f: { id: string; other: string; scheme: string; prefix: string }) =>
      `${f.id} and ${f.other} both have URIs that begin with ${f.scheme}: those of ${f.id} get ${f.prefix} in front`,
    fix: () => undefined,
    explain:
      'A URI must say which server it belongs to. What stands in front is taken away before the server is asked.',
  },
  MCP864: {
    severity: 'error',
    message: (f: { id: string; other: string; name: string }) =>
      `${f.id} and ${f.other} both have a prompt named ${f.name}`,
    fix: (f) => `give ${f.id} a "prefix"`,
    explain: 'Prompts are asked for by name, so each name can stand for one only.',
  },
  MCP865: {
    severity: 'error',
    message: (f: { id: string; variable: string }) =>
      `the MCP server of ${f.id} cannot be asked: ${f.variable} is not set`,
    fix: (f) => `set ${f.variable} for this command`,
    explain:
      'check --refresh reads other MCP servers again and compares what they list with the snapshot. Addresses and tokens ' +
      'come from the environment.',
  },
});
