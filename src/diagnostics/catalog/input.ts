import { defineDiagnostics } from '../define-diagnostics.js';

/** MCP1xx: a document and the files that it refers to cannot be read as they should. */
export const inputDiagnostics = defineDiagnostics({
  MCP101: {
    severity: 'error',
    message: (f: { found: string }) => `this is not an OpenAPI document: ${f.found}`,
    fix: () =>
      'give a document whose root has "openapi": "3.x" or "swagger": "2.0", or a manifest: "name", and "sources" or "tools"',
    explain:
      'The root of the document must be an object with an `openapi` or a `swagger` key and some `paths`. ' +
      'A manifest is known by `sources`, or by `name` beside `tools`, `resources` or `prompts`. ' +
      'Documents of other kinds (Postman collections, GraphQL or AsyncAPI schemas, plain JSON Schema) are not read.',
  },
  MCP102: {
    severity: 'error',
    message: (f: { file: string; why: string }) => `cannot read ${f.file}: ${f.why}`,
    fix: () => 'check the path and its permissions',
    explain:
      'The file named on the command line, in mcp.yaml or by a reference could not be opened and read.',
  },
  MCP103: {
    severity: 'error',
    message: (f: { format: string; why: string }) => `this is not valid ${f.format}: ${f.why}`,
    fix: () => 'correct the syntax at the marked place',
    explain:
      'The text could not be parsed. JSON is tried where the text starts with a brace or a bracket, YAML otherwise. ' +
      'Repeated keys are tolerated (the last one counts) and so is a byte order mark.',
  },
  MCP104: {
    severity: 'error',
    message: (f: { ref: string; suggestion?: string }) => `$ref "${f.ref}" points to nothing`,
    fix: (f) =>
      f.suggestion === undefined
        ? 'add the missing part, or correct the reference'
        : `did you mean "${f.suggestion}"?`,
    explain:
      'A reference has no target in the document. What refers to it is loosened (any value is accepted there) and ' +
      'the rest of the document is used as it is.',
  },
  MCP105: {
    severity: 'warning',
    message: (f: { ref: string }) => `$ref "${f.ref}" leads to the network and is not fetched`,
    fix: () => 'save that document beside this one and refer to the copy',
    explain:
      'References are followed in the same document and in files below its folder only: a document must not be able ' +
      'to make this machine call other hosts. What refers to it is loosened.',
  },
  MCP106: {
    severity: 'error',
    message: (f: { ref: string; why: string }) =>
      `the file of $ref "${f.ref}" cannot be read: ${f.why}`,
    fix: () => 'put the file where the reference expects it, or correct the reference',
    explain:
      'A reference names another file that is missing or unusable. What refers to it is loosened and the rest is used.',
  },
  MCP107: {
    severity: 'warning',
    message: (f: { ref: string }) =>
      `$ref "${f.ref}" leaves the folder of the document and is not read`,
    fix: () => 'widen the folder with --ref-root, or move the file below the document',
    explain:
      'Only files below the folder of the entry document are read, links included: a document must not be able to ' +
      'pull other files of this machine into what is generated. `--ref-root` names a wider folder.',
  },
  MCP108: {
    severity: 'error',
    message: (f: { what: string; limit: string }) => `${f.what} is larger than ${f.limit}`,
    fix: (f) =>
      /\.(?:sql|ddl|mysql|sqlite|pgsql)(?:\.gz)?$/i.test(f.what)
        ? 'name its dialect with --dialect, or dump the schema without its rows: pg_dump --schema-only, mysqldump --no-data, sqlite3 <file> .schema'
        : 'split the document, or leave out the parts that are not needed',
    explain:
      'Documents are read up to a number of bytes, counted after decompression. Of an SQL dump only what is not rows counts, ' +
      'where its dialect can be told by its beginning.',
  },
  MCP109: {
    severity: 'error',
    message: (f: { limit: number }) => `the document is nested more than ${f.limit} levels deep`,
    fix: () => 'name inner schemas under components and refer to them',
    explain:
      'Nesting is counted before anything is parsed, because parsers run out of stack on it. Real documents stay ' +
      'far below the limit.',
  },
  MCP110: {
    severity: 'error',
    message: (f: { limit: number }) =>
      `the document has more than ${f.limit} values once its YAML aliases are expanded`,
    fix: () => 'use $ref instead of YAML aliases',
    explain:
      'A few lines of YAML can stand for billions of values when aliases refer to aliases. The values are counted ' +
      'as if every alias were written out.',
  },
  MCP111: {
    severity: 'error',
    message: (f: { file: string }) => `${f.file} is a web page, not a document`,
    fix: () =>
      'give the address of the raw JSON or YAML file (documentation pages usually link to it)',
    explain:
      'What came back is HTML: often a documentation page, a sign-in page, or the web view of a file in a repository.',
  },
  MCP112: {
    severity: 'error',
    message: (f: { version: string }) => `version ${f.version} of OpenAPI is not known`,
    fix: () => 'use Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2',
    explain:
      'Swagger 2.0 and OpenAPI 3.0 to 3.2 are read. Older Swagger versions have another structure.',
  },
  MCP113: {
    severity: 'error',
    message: (f: { file: string }) => `${f.file} is empty`,
    fix: () => 'give a document with content',
    explain:
      'There was nothing but white space to read. With `-`, check that something is piped into the command.',
  },
  MCP114: {
    severity: 'error',
    message: (_: object) => 'the address holds a user name or a password',
    fix: () => 'download the document yourself and give the file',
    explain:
      'Credentials in an address end up in generated files, logs and shell histories. Such an address is refused, ' +
      'and never repeated in a message.',
  },
  MCP115: {
    severity: 'error',
    message: (f: { url: string; why: string }) => `cannot download ${f.url}: ${f.why}`,
    fix: () => 'check the address, or download the document yourself and give the file',
    explain:
      'The document could not be fetched: no answer, an error status, or a redirect to another site or to an ' +
      'unencrypted address.',
  },
  MCP116: {
    severity: 'error',
    message: (f: { file: string; what: string; fix: string }) =>
      `${f.file} is ${f.what}, not a text that can be read`,
    fix: (f) => f.fix,
    explain:
      'Documents, schemas and dumps are read as text, also from gzip. Other formats are known by their first bytes; the fix ' +
      'names the command that makes text of them.',
  },
});
