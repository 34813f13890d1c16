import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP5xx: the project folder; MCP6xx: the command line. */
export const projectDiagnostics = defineDiagnostics({
  MCP501: {
    severity: 'error',
    message: (f: { path: string; reason: string }) => `${f.path} would be overwritten: ${f.reason}`,
    fix: () => 'move your change to a file of your own, or delete the file; --force overwrites it',
    explain:
      'A file on disk is neither what was generated last time nor what would be generated now. Nothing is written ' +
      'while such a conflict stands.',
  },
  MCP502: {
    severity: 'error',
    message: (f: { why: string }) => `mcp.lock.json cannot be used: ${f.why}`,
    fix: () => 'restore it from version control, or delete it and regenerate with --force',
    explain:
      'The lock records what was generated, so that edits can be told from old output. It is checked before use.',
  },
  MCP503: {
    severity: 'error',
    message: (f: { path: string; why: string }) =>
      `${f.path} cannot be a file of the project: ${f.why}`,
    fix: () => 'remove what is in the way, or choose another folder',
    explain:
      'Nothing is written outside of the project folder, neither by name nor through symbolic links.',
  },
  MCP504: {
    severity: 'error',
    message: (f: { dir: string; examples: string }) => `${f.dir} is not empty (${f.examples})`,
    fix: () => 'choose another folder; --force keeps the files that are there and adds the rest',
    explain:
      'A new project is made in a new or an empty folder, so that it cannot be mixed up with other files.',
  },
  MCP505: {
    severity: 'error',
    message: (f: { pid: number }) => `another run (process ${f.pid}) is writing this project`,
    fix: () => 'wait until it has finished',
    explain: 'Two runs at once would leave a mixture of both. The second one is refused.',
  },
  MCP506: {
    severity: 'error',
    message: (f: { dir: string }) => `there is no mcp.yaml in ${f.dir}`,
    fix: () => 'run this in a generated project, or name its folder',
    explain: 'regenerate, diff and check read the manifest in the project folder.',
  },
  MCP507: {
    severity: 'error',
    message: (f: { dir: string; why: string }) => `${f.dir} cannot hold a project: ${f.why}`,
    fix: () => 'choose another folder',
    explain:
      'The second argument names the folder of the new project. It may not exist yet, but it cannot be a file.',
  },
  MCP508: {
    severity: 'error',
    message: (f: { dir: string }) => `${f.dir} holds a generated project already`,
    fix: (f) => `run create-mcp-server regenerate ${f.dir}, or choose another folder`,
    explain:
      'Making a project is done once. Afterwards its mcp.yaml says what it is made of, and regenerate follows that.',
  },
  MCP601: {
    severity: 'error',
    message: (f: { what: string }) => `missing: ${f.what}`,
    fix: (f: { what: string; usage: string }) => f.usage,
    explain:
      'Without a terminal nothing can be asked, so everything needed has to be on the command line.',
  },
  MCP602: {
    severity: 'error',
    message: (f: { word: string }) => `"${f.word}" is not a command, a file or an address`,
    fix: (f: { word: string; suggestion: string }) => `did you mean "${f.suggestion}"?`,
    explain:
      'A single word close to the name of a command is taken for a typing error and not for the name of a folder. ' +
      'Write ./word to mean the folder.',
  },
  MCP603: {
    severity: 'error',
    message: (f: { why: string }) => f.why,
    fix: () => 'see --help',
    explain: 'A flag is unknown, or its value is not one of those that it takes.',
  },
  MCP604: {
    severity: 'error',
    message: (f: { code: string }) => `there is no message with the code ${f.code}`,
    fix: (f: { code: string; suggestion?: string }) =>
      f.suggestion === undefined ? 'codes look like MCP104' : `did you mean ${f.suggestion}?`,
    explain: '`explain` takes a code as it is printed with errors and findings.',
  },
});
