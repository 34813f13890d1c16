import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP2xx: operations and their names; MCP3xx: schemas; MCP4xx: text that a model reads. */
export const openapiDiagnostics = defineDiagnostics({
  MCP201: {
    severity: 'warning',
    message: (f: { what: string; reason: string }) => `${f.what} is skipped: ${f.reason}`,
    fix: () => undefined,
    explain:
      'This operation could not become a tool, so it is left out and the rest of the document is used. ' +
      'The reason names what stood in the way.',
  },
  MCP202: {
    severity: 'info',
    message: (f: { what: string; name: string }) =>
      `${f.what} has no operationId; its tool is called ${f.name}`,
    fix: () => 'give it an operationId, which names the tool',
    explain:
      'Without an operationId the name of the tool is derived from method and path. It changes when the path changes.',
  },
  MCP203: {
    severity: 'warning',
    message: (f: { id: string; name: string }) =>
      `operationId "${f.id}" is used more than once; this tool is called ${f.name}`,
    fix: () => 'give each operation an operationId of its own',
    explain:
      'operationIds must be unique (OpenAPI 3.1 §4.8.10). Later operations get a name with their method and path.',
  },
  MCP204: {
    severity: 'info',
    message: (f: { what: string }) => `${f.what} has no description`,
    fix: () => 'add a summary that says what it is for',
    explain:
      'A model chooses tools by their descriptions. Without one it has only the name and the path to go by.',
  },
  MCP205: {
    severity: 'info',
    message: (f: { from: string; to: string; why: string }) =>
      `"${f.from}" becomes ${f.to}: ${f.why}`,
    fix: () => undefined,
    explain:
      'Names of tools and arguments must be short, unique and made of few characters, because clients refuse others. ' +
      'Names that do not fit are changed, and mapped back in the request.',
  },
  MCP207: {
    severity: 'warning',
    message: (f: { env: string; relative?: boolean }) =>
      `the document names ${f.relative ? 'a relative server only' : 'no server'}; set ${f.env} when the server starts`,
    fix: () => 'add --base-url, or baseUrl in mcp.yaml',
    explain:
      'Requests need an absolute address. Without one in the document, the emitted server takes it from its ' +
      'environment and says so at start.',
  },
  MCP208: {
    severity: 'warning',
    message: (f: { scheme: string; why: string; suggestion?: string }) =>
      `security scheme "${f.scheme}" is not supported: ${f.why}`,
    fix: (f) => (f.suggestion === undefined ? undefined : `did you mean "${f.suggestion}"?`),
    explain:
      'Operations that need this scheme alone cannot prove who calls, and their calls will be refused upstream.',
  },
  MCP209: {
    severity: 'info',
    message: (f: { name: string }) =>
      `path placeholder {${f.name}} has no parameter; it is read as a required string`,
    fix: (f) => `declare a parameter "${f.name}" with "in": "path"`,
    explain:
      'Every placeholder of a path needs a path parameter (OpenAPI 3.1 §4.8.8). A missing one is inferred.',
  },
  MCP210: {
    severity: 'warning',
    message: (f: { list: 'include' | 'exclude'; pattern: string }) =>
      `${f.list} "${f.pattern}" matches no operation`,
    fix: (f: { list: 'include' | 'exclude'; pattern: string; suggestion?: string }) =>
      f.suggestion === undefined
        ? 'compare it with the list that `inspect` prints'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'Selections are a tag (`tag:pets`), a path pattern, a method and a path pattern, or an operationId.',
  },
  MCP211: {
    severity: 'warning',
    message: (f: { open: number; all: number }) =>
      `${f.open} of ${f.all} operations say that they need no credentials, though the document declares some`,
    fix: () =>
      'if the API wants them all the same, set credentials: always for the source in mcp.yaml',
    explain:
      'An operation with an empty `security` list is called without credentials. Some documents have the list empty ' +
      'by mistake. With `credentials: always`, what is set in the environment is sent with every call of the source.',
  },
  MCP212: {
    severity: 'warning',
    message: (f: { name: string; place: string }) =>
      `parameter "${f.name}" is left out: its place "${f.place}" is not known`,
    fix: (f: { name: string; place: string; suggestion?: string }) =>
      f.suggestion === undefined
        ? 'use path, query, header, cookie or querystring'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'The `in` of a parameter says how its value travels. Without a known one it cannot be sent.',
  },
  MCP213: {
    severity: 'warning',
    message: (f: { url: string; env: string }) =>
      `the document's server is this machine (${f.url}); set ${f.env} to the real address`,
    fix: () => 'add --base-url, or baseUrl in mcp.yaml',
    explain:
      'Documents written during development often name localhost. Requests would go to the machine on which the ' +
      'emitted server runs.',
  },
  MCP214: {
    severity: 'warning',
    message: (f: { part: string }) =>
      `the multipart body names no parts; what is given is sent as the part "${f.part}"`,
    fix: () => 'describe it as an object with a property for each part',
    explain:
      'A multipart body is made of parts with names, which are the properties of its schema (OpenAPI 3.1 §4.8.15.3). ' +
      'Where the schema is a string or empty, one file is sent under the name that most APIs use.',
  },
  MCP215: {
    severity: 'error',
    message: (f: { name: string }) =>
      `no operation that becomes a tool has a parameter "${f.name}" that a call could give`,
    fix: (f: { name: string; suggestion?: string }) =>
      f.suggestion === undefined
        ? 'write its name as in the document; what a security scheme or the request itself sends is set elsewhere'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'An entry below `parameters` of a source gives a header, query, path or cookie parameter its value, so that no tool ' +
      'asks for it. One that fits nothing would silently have no effect. Credentials of security schemes come from the ' +
      'environment by themselves; Accept, Authorization, Content-Type and the like are not parameters (OpenAPI 3.1 §4.8.12).',
  },
  MCP216: {
    severity: 'warning',
    message: (f: { name: string; count: number; all: number }) =>
      `${f.count} of ${f.all} operations ask for "${f.name}" as an argument: it looks like a secret, and is in no security scheme`,
    fix: (f: { name: string; count: number; all: number; id: string; yaml: string }) =>
      `to keep it from the model, write below sources.${f.id} in mcp.yaml: ${f.yaml}`,
    explain:
      'What is a plain parameter of the document is an argument of the tools, so the model is asked for it at each call, and ' +
      'it passes through the conversation. Below `parameters` of the source it comes from the environment instead.',
  },
  MCP217: {
    severity: 'warning',
    message: (f: { name: string }) =>
      `the value of "${f.name}" stands in mcp.yaml, and its name looks like that of a secret`,
    fix: () => 'write ${NAME} or ${file:/run/secrets/name}',
    explain:
      'mcp.yaml and what is generated from it are usually committed. Secrets belong into the environment or into a file. ' +
      'Ignore this where the value is no secret.',
  },
  MCP301: {
    severity: 'warning',
    message: (f: { what: string; size: number; limit: number }) =>
      `the schema of ${f.what} has ${f.size} characters and is cut to ${f.limit}`,
    fix: () => undefined,
    explain:
      'Every tool costs tokens in every conversation. Deep parts of a large schema are replaced by an open object ' +
      'that says so; their values are still accepted and sent.',
  },
  MCP302: {
    severity: 'info',
    message: (f: { pattern: string }) =>
      `pattern "${f.pattern}" is not a valid regular expression and is left out`,
    fix: () => 'write it as ECMA-262 with the u flag',
    explain:
      'Patterns must be valid under `u` (JSON Schema 2020-12 §6.4). Clients refuse a whole list for one that is not.',
  },
  MCP303: {
    severity: 'warning',
    message: (f: { pattern: string }) =>
      `pattern "${f.pattern}" can take exponential time and is not run`,
    fix: () => 'rewrite it without nested repetition',
    explain:
      'Such a pattern lets one argument stop the server. It is shown to the model in words but never executed.',
  },
  MCP304: {
    severity: 'info',
    message: (f: { what: string }) =>
      `the default of ${f.what} does not match its type and is left out`,
    fix: () => 'correct the default',
    explain:
      'A default of another type than the schema misleads the model and is refused by some clients.',
  },
  MCP305: {
    severity: 'info',
    message: (f: { keyword: string; why: string }) => `"${f.keyword}" is left out: ${f.why}`,
    fix: () => undefined,
    explain:
      'The value of a schema keyword is outside of what JSON Schema allows, so the keyword is not used.',
  },
  MCP306: {
    severity: 'warning',
    message: (f: { count: number }) =>
      `${f.count} ${f.count === 1 ? 'pattern is' : 'patterns are'} not run: analysing all patterns of the document would take too long`,
    fix: () => 'write patterns without repetition inside of repetition, or leave operations out',
    explain:
      'A pattern that could backtrack is run only after an analysis has shown that no text makes it take exponential time. ' +
      'Analyses are limited in number and size for one document; patterns beyond that are treated as if they were unsafe.',
  },
  MCP401: {
    severity: 'warning',
    message: (f: { what: string; text: string }) =>
      `the description of ${f.what} reads like an instruction to the model: "${f.text}"`,
    fix: () => 'read it, and exclude the operation if you do not trust it',
    explain:
      'Descriptions go to a model as they are. Text that tells it to ignore rules, call other tools or send data ' +
      'somewhere is a known attack (tool poisoning). It is reported and left in place.',
  },
  MCP402: {
    severity: 'warning',
    message: (f: { what: string; count: number }) =>
      `${f.count} invisible characters are removed from the text of ${f.what}`,
    fix: () => 'remove them from the document',
    explain:
      'Zero-width, bidirectional and tag characters can hide text from people that a model reads.',
  },
  MCP403: {
    severity: 'warning',
    message: (f: { count: number }) =>
      `${f.count} ${f.count === 1 ? 'value holds' : 'values hold'} invisible characters and ${f.count === 1 ? 'is' : 'are'} left out`,
    fix: () => 'remove the characters from the document and from the API',
    explain:
      'Values of `enum` and `const` go to a model as they are and to the API as the model repeats them. One with characters ' +
      'that nobody sees can hide text, and could not be told from its visible twin. A list without any other value allows all.',
  },
});
