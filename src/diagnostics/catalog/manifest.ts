import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP7xx: the manifest, mcp.yaml. */
export const manifestDiagnostics = defineDiagnostics({
  MCP701: {
    severity: 'error',
    message: (f: { where: string; why: string }) =>
      `${f.where} in the manifest cannot be used: ${f.why}`,
    fix: () => 'correct the value',
    explain: 'The manifest is checked as a whole before anything is read or written.',
  },
  MCP738: {
    severity: 'error',
    message: (f: { key: string; example: string }) => `${f.key} has no value`,
    fix: (f) => `write what it holds, like ${f.example}, or remove the key`,
    explain:
      'A key with nothing behind it, or with comments alone below it, is neither an empty list nor a default: whether something is ' +
      'missing there cannot be told. Comment the key out as well while what belongs to it is.',
  },
  MCP739: {
    severity: 'warning',
    message: (f: { tool: string; handler: string; path: string; specifier: string }) =>
      `${f.handler} is the handler of ${f.tool}, but never runs: ${f.path} is yours and does not import it`,
    fix: (f) =>
      `import it there from '${f.specifier}', as defineHandlerTool takes it, or delete ${f.path} and regenerate`,
    explain:
      'A file that was ejected is never written again, so a handler that mcp.yaml names afterwards does not come into it, and the ' +
      'tool works as it did before. A file that is deleted is generated again, with the handler.',
  },
  MCP702: {
    severity: 'error',
    message: (f: { key: string; where: string; suggestion?: string }) =>
      `"${f.key}" is not a key of ${f.where === '' ? 'the manifest' : f.where}`,
    fix: (f) => (f.suggestion === undefined ? 'remove it' : `did you mean "${f.suggestion}"?`),
    explain: 'An unknown key would be a setting that silently has no effect, so it is an error.',
  },
  MCP703: {
    severity: 'warning',
    message: (f: { tool: string; handler?: string; suggestion?: string }) =>
      f.handler === undefined
        ? `${f.tool} is changed in mcp.yaml, but the input no longer has it`
        : `${f.tool} is overridden in mcp.yaml, but the input no longer has it; ${f.handler} is kept`,
    fix: (f) => {
      if (f.suggestion !== undefined) return `did you mean "${f.suggestion}"?`;
      return f.handler === undefined
        ? `remove tools.${f.tool} from mcp.yaml`
        : `when you no longer need ${f.handler}, delete it, and tools.${f.tool} in mcp.yaml`;
    },
    explain:
      'A key below `tools` names a tool by the name that it is generated with, or has an `input` of its own. This one does ' +
      'neither: the operation was removed, renamed or excluded. Nothing that you wrote is deleted, and your handler still ' +
      'compiles, but no tool calls it.',
  },
  MCP704: {
    severity: 'error',
    message: (f: { name: string; first: string; second: string }) =>
      `two tools would be named ${f.name}: ${f.first} and ${f.second}`,
    fix: (f: { name: string; first: string; second: string; key: string }) =>
      `give one of them another name: tools.${f.key}.name in mcp.yaml`,
    explain:
      'Clients tell tools apart by name, and some ignore upper and lower case. Nothing is written until names differ.',
  },
  MCP705: {
    severity: 'error',
    message: (f: { tool: string; operation: string }) =>
      `tools.${f.tool} has an input of its own, but there is a generated tool of that name (${f.operation})`,
    fix: () => 'remove "input" and "output" to override the generated tool, or choose another key',
    explain:
      'A tool with `input` is written by hand and has nothing to do with the inputs. To override or rename a generated tool, ' +
      'leave `input` and `output` out: its schemas come from the document.',
  },
  MCP706: {
    severity: 'error',
    message: (f: { tool: string; why: string }) =>
      `clients would refuse the schema of ${f.tool}: ${f.why}`,
    fix: () => 'correct the schema at the marked place',
    explain:
      'Input and output of a tool are JSON Schema 2020-12: an object at the root without combinators beside it, ' +
      'references only to its own $defs, names of arguments made of letters, digits, "_", "." and "-", ' +
      'patterns that are valid with the flag u. One tool that breaks this can make clients drop the whole list. allOf, if and the ' +
      'like at the root of the input are what clients hand on and several APIs of models refuse, with every other tool of the list: ' +
      'where you know that yours does not, say combinedInput: true beside the input.',
  },
  MCP707: {
    severity: 'error',
    message: (f: { module: string; first: string; second: string }) =>
      `${f.first} and ${f.second} name the same file, ${f.module}`,
    fix: () => 'give each a file of its own; code that they share can be imported by both',
    explain: 'A handler file has one function, typed for one tool.',
  },
  MCP728: {
    severity: 'error',
    message: (f: { version: string; known: number }) =>
      `manifestVersion ${f.version} is not one that this version reads: it reads ${f.known}`,
    fix: (f) =>
      Number(f.version) > f.known
        ? 'update create-mcp-server'
        : `remove it, or set it to ${f.known}`,
    explain:
      'An older manifest is changed into one of this version when the project is generated again, with its comments. A newer one ' +
      'may say what this version does not understand, so it is refused.',
  },
  MCP709: {
    severity: 'warning',
    message: (f: { tool: string }) => `no generated tool has a name like ${f.tool}`,
    fix: (f) => `correct tools."${f.tool}" in mcp.yaml, or remove it`,
    explain:
      'A key below `tools` with `*` holds for all generated tools of such a name; here there is none.',
  },
  MCP708: {
    severity: 'error',
    message: (f: { id: string; other: string; names: string }) =>
      `${f.other} and ${f.id} both have tools named: ${f.names}`,
    fix: (f) =>
      `give ${f.id} names of its own, in mcp.yaml: sources.${f.id}.prefix, or sources.${f.id}.names: "{source}_{name}"`,
    explain:
      'Clients tell tools apart by name, and some ignore upper and lower case. A source with a `prefix`, or a rule for its `names`, ' +
      'keeps its names whatever another source adds.',
  },
});
