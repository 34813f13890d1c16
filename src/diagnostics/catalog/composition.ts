import { defineDiagnostics } from '../define-diagnostics.js';

const REFERENCES =
  'Values of steps, resources and prompts may hold `${…}`: references to `args`, to `steps.<id>` of steps before and to the item of ' +
  '`forEach`; texts, numbers, `true`, `false`, `null`, lists; `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`; `and`, `or`, `not`; `??` for what ' +
  'is missing; `length(…)`, `json(…)`, `number(…)`. Alone in a text it keeps its type. `$${` is the text `${`.';

/** MCP71x: tools made of steps, and expressions. */
export const compositionDiagnostics = defineDiagnostics({
  MCP710: {
    severity: 'error',
    message: (f: { where: string; why: string }) => `${f.where} cannot be read: ${f.why}`,
    fix: () => 'correct the expression: explain MCP710 shows what it can be made of',
    explain: REFERENCES,
  },
  MCP711: {
    severity: 'error',
    message: (f: { where: string; tool: string; suggestion?: string }) =>
      `${f.where} calls ${f.tool}, and there is no tool of that name`,
    fix: (f) =>
      f.suggestion === undefined
        ? 'name a tool that this server has: create-mcp-server inspect lists them'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'A step calls a tool of the same server by the name under which it is listed: with the prefix of its source, and after it was ' +
      'renamed. A tool with `hidden: true` can be called by steps.',
  },
  MCP712: {
    severity: 'error',
    message: (f: { where: string; reference: string; why: string; suggestion?: string }) =>
      `${f.where} refers to ${f.reference}, but ${f.why}`,
    fix: (f) =>
      f.suggestion === undefined
        ? 'refer to an argument, or to the result of a step before'
        : `did you mean "${f.suggestion}"?`,
    explain: REFERENCES,
  },
  MCP713: {
    severity: 'error',
    message: (f: { where: string; why: string }) => `${f.where} has the wrong type: ${f.why}`,
    fix: () => 'give a value of the type that is wanted; json(…) makes text, number(…) a number',
    explain:
      'Types are compared when the server is generated: of arguments with the input schema of the tool that is called, of results with ' +
      'what the document or the output of a tool says. Where nothing is known, nothing is refused.',
  },
  MCP714: {
    severity: 'error',
    message: (f: {
      where: string;
      tool: string;
      argument: string;
      missing: boolean;
      suggestion?: string;
    }) =>
      f.missing
        ? `${f.where} does not give ${f.argument}, which ${f.tool} needs`
        : `${f.where} gives ${f.argument}, which ${f.tool} does not take`,
    fix: (f) => {
      if (f.missing) return `add "${f.argument}" to "with"`;
      return f.suggestion === undefined ? 'remove it' : `did you mean "${f.suggestion}"?`;
    },
    explain:
      'A call without what a tool needs, or with what it does not know, would be refused each time.',
  },
  MCP715: {
    severity: 'error',
    message: (f: { circle: string }) =>
      `tools made of steps call each other in a circle: ${f.circle}`,
    fix: () => 'remove one of the calls',
    explain: 'A tool that calls itself, directly or through others, would never end.',
  },
  MCP716: {
    severity: 'error',
    message: (f: { where: string; why: string }) => `${f.where} is never run: ${f.why}`,
    fix: () => 'correct the condition or the list, or remove the step',
    explain:
      'A step that cannot run is a mistake: its condition is always false, or its list is always empty.',
  },
  MCP720: {
    severity: 'error',
    message: (f: { tool: string; why: string; suggestion?: string }) =>
      `the request of tools.${f.tool} cannot be made: ${f.why}`,
    fix: (f) =>
      f.suggestion === undefined
        ? 'correct the request or the input'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'A tool with `http` sends one request to an API of the manifest: `{name}` in the path and `${args.name}` in query, headers and ' +
      'body are its arguments. Every argument must go somewhere, and those in the path must be required.',
  },
  MCP721: {
    severity: 'error',
    message: (f: { where: string; tool: string }) =>
      `${f.where} names ${f.tool}, which may change something`,
    fix: () => 'name a tool with readOnlyHint: true',
    explain:
      'Resources, prompts and completions are read whenever a client likes, without asking. Only tools that say of themselves that they only ' +
      'read (`readOnlyHint: true`) can stand behind them.',
  },
  MCP722: {
    severity: 'error',
    message: (f: { where: string; name: string }) =>
      `${f.where} completes ${f.name}, which there is not`,
    fix: (f: { where: string; name: string; known: string }) =>
      f.known === '' ? 'remove it: there are no variables' : `name one of ${f.known}`,
    explain: 'Completion is for the variables of a URI template and for the arguments of a prompt.',
  },
  MCP723: {
    severity: 'error',
    message: (f: { where: string; uri: string; suggestion?: string }) =>
      `${f.where} names ${f.uri}, and there is no resource of that URI`,
    fix: (f) =>
      f.suggestion === undefined ? 'declare it below resources' : `did you mean "${f.suggestion}"?`,
    explain: 'A prompt puts in resources of the same server, by their URI.',
  },
  MCP724: {
    severity: 'error',
    message: (f: { where: string; uri: string; first: string }) =>
      `${f.where} has the URI ${f.uri}, as ${f.first} has`,
    fix: () => 'give one of them another "uri"',
    explain: 'Clients know resources by their URI.',
  },
  MCP729: {
    severity: 'error',
    message: (f: {
      where: string;
      uri: string;
      source: string;
      other: string;
      shared: string;
      name: string;
    }) =>
      f.uri === f.other
        ? `${f.where} has the URI ${f.uri}, as something of sources.${f.source} has`
        : `${f.where} has the URI ${f.uri}, and sources.${f.source} has ${f.other}: ${f.shared} could mean both`,
    fix: (f) => `give the resource another "uri" in mcp.yaml, e.g. resource://${f.name}`,
    explain:
      'Clients know resources by their URI. Folders have `files://<source>/…`, databases `db://<source>/…`, and other MCP servers ' +
      'what they listed; what mcp.yaml declares beside them needs a URI of its own.',
  },
  MCP730: {
    severity: 'error',
    message: (f: { name: string; source: string }) =>
      `prompts.${f.name} has the name of a prompt of sources.${f.source}`,
    fix: (f) => `give the prompt another name, or set sources.${f.source}.prefix`,
    explain: 'Clients ask for prompts by their name.',
  },
  MCP731: {
    severity: 'error',
    message: (f: { variable: string; file: string; other: string }) =>
      `${f.file} and ${f.other} would both be read as ${f.variable}`,
    fix: () => 'give one of the two files another name',
    explain:
      'A file stands for a variable of the same name, so that whoever starts the server can set that instead: ' +
      '`${file:/run/secrets/db-url}` is `DB_URL`, or the file that `DB_URL_FILE` names.',
  },
  MCP736: {
    severity: 'error',
    message: (f: { key: string }) => `the key ${f.key} stands twice in one place of the manifest`,
    fix: () => 'put what belongs to it together under one, or remove one of them',
    explain: 'Of two values of one key only one would be used, and the other silently lost.',
  },
  MCP737: {
    severity: 'error',
    message: (f: { why: string; line?: number }) =>
      `mcp.yaml cannot be changed without losing something of it: ${f.line === undefined ? '' : `line ${f.line}: `}${f.why}`,
    fix: () =>
      'write the file as plain YAML 1.2 with LF or CRLF line ends, or make the change by hand',
    explain:
      'Commands change mcp.yaml in place, so that comments and layout stay. What only some readers of YAML understand cannot be ' +
      'changed like that. Nothing was written.',
  },
  MCP734: {
    severity: 'warning',
    message: (f: { where: string; tool: string; successor?: string }) =>
      `${f.where} calls ${f.tool}, which is deprecated`,
    fix: (f) =>
      f.successor === undefined
        ? 'call a tool that stays'
        : `call ${f.successor}, which it names as its successor`,
    explain:
      'What is made of a deprecated tool ends with it, and callers are not told: they see the tool, resource or prompt alone.',
  },
  MCP735: {
    severity: 'warning',
    message: (f: { tool: string; successor: string; toolsets: string }) =>
      `${f.tool} says that ${f.successor} is to be used instead, which is off: it belongs to ${f.toolsets}`,
    fix: (f) => `put ${f.tool} into the same toolset, or ${f.successor} into one that is on`,
    explain:
      'Tools of a toolset that is off are neither listed nor called, so a caller would look for the successor in vain. Over ' +
      'stdio it can switch the toolset on, over HTTP it cannot.',
  },
  MCP733: {
    severity: 'warning',
    message: (f: { where: string; uri: string; shared: string; first: string; firstUri: string }) =>
      `${f.where} (${f.uri}) and ${f.first} (${f.firstUri}) share URIs such as ${f.shared}, which ${f.first} is read for`,
    fix: (f) =>
      `give one of them another "uri", or declare ${f.where} first if it is the narrower one`,
    explain:
      'Clients know resources by their URI. Where one fits two templates the one that is declared first is read. A narrower ' +
      'template before a wider one is no cause for this message.',
  },
  MCP732: {
    severity: 'error',
    message: (f: { variable: string; file: string; why: string }) =>
      `${f.variable} cannot be read from ${f.file}: ${f.why}`,
    fix: (f) => `set ${f.variable} for this command, or ${f.variable}_FILE to a file with it`,
    explain:
      'Commands that ask a running server or database take its settings as the server itself does: from the variable, else from ' +
      'the file that `<NAME>_FILE` names, else from the file in `${file:/run/secrets/name}`.',
  },
  MCP725: {
    severity: 'error',
    message: (f: { where: string; tool: string; argument: string }) =>
      `${f.where}: ${f.tool} needs ${f.argument}, which no URI can hold`,
    fix: () => 'leave it a tool, or declare a resource that calls it with fixed values',
    explain:
      'Variables of a URI are texts and numbers; objects and lists that a tool needs have no place in one.',
  },
  MCP726: {
    severity: 'error',
    message: (f: { tool: string; successor: string; isHidden?: boolean; suggestion?: string }) =>
      `tools.${f.tool}.deprecated names ${f.successor} as successor, and ${f.isHidden === true ? 'callers do not have that tool' : 'there is no tool of that name'}`,
    fix: (f) =>
      f.suggestion === undefined ? 'name a tool of this server' : `did you mean "${f.suggestion}"?`,
    explain:
      'Models read in the description of a deprecated tool what to use instead: that must be there.',
  },
  MCP727: {
    severity: 'error',
    message: (f: { id: string; from: string; to: string }) =>
      `the names of sources.${f.id} make ${f.to} of ${f.from}, which no client takes`,
    fix: () => 'choose a shorter form: names: "{source}_{name}"',
    explain: 'Names of tools have at most 64 characters: letters, digits, "_" and "-".',
  },
  MCP717: {
    severity: 'error',
    message: (f: { where: string; id: string }) => `${f.where}: two steps are called ${f.id}`,
    fix: () => 'give one of them another "id"',
    explain:
      'Results are referred to by the id of their step, which is the name of the tool unless it is given.',
  },
});
