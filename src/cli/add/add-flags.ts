import type { Argv } from 'yargs';
import { KINDS } from './kinds.js';
import { list, optional, single } from '../parsed-flags.js';

/** What the command add knows besides the flags of scaffolding. */
export type AddFlags = {
  /** Folder of the project; here or above it unless given. */
  dir?: string;
  /** Key in mcp.yaml. */
  id?: string;
  prefix?: string;
  title?: string;
  description?: string;
  /** JSON, or a file with it. */
  input?: string;
  output?: string;
  handler?: string;
  /** `name:type`, `name?:type`, each with ` a description` after it. */
  arguments: string[];
  /** Of another MCP server: `NAME=value`. */
  headers: string[];
  env: string[];
  /** Of folders. */
  extensions: string[];
  text?: string;
  uri?: string;
  mimeType?: string;
  file?: string;
  tool?: string;
};

const text = (describe: string) => ({ type: 'string', nargs: 1, describe }) as const;

/** Declares the flags of add. */
export function addOptions(parser: Argv): Argv {
  return parser
    .positional('kind', { type: 'string', describe: Object.keys(KINDS).join(', ') })
    .positional('words', {
      type: 'string',
      array: true,
      describe: 'a file or an address; NAME=folder; -- and a command; the name of what is added',
    })
    .options({
      dir: text('folder of the project; default: here, or above'),
      id: text('key of a source in mcp.yaml; default: told by its file'),
      prefix: text('before the names of all tools of a source'),
      title: text('what people see'),
      description: text('what models read'),
      argument: text('of a tool or prompt: "city:string", "days?:integer how many" (repeatable)'),
      input: text('of a tool: JSON Schema of its arguments, as JSON or a file'),
      output: text('of a tool: JSON Schema of its result'),
      handler: text('of a tool: its file; default: src/handlers/<name>.ts'),
      extension: text('of a filesystem: only these files: .md (repeatable)'),
      header: text('of an mcp address: "Authorization=Bearer ${TOKEN}" (repeatable)'),
      env: text('of an mcp command: KEY=${KEY} (repeatable)'),
      text: text('of a prompt or resource: what it says; ${args.x} are arguments'),
      uri: text('of a resource: URI or URI template'),
      'mime-type': text('of a resource'),
      file: text('of a resource: a file of the project'),
      tool: text('of a resource: a tool that reads it'),
      yes: { alias: 'y', type: 'boolean', default: false, describe: 'ask nothing' },
    });
}

/** The flags of add as typed; nothing is given for other commands. */
export function toAddFlags(parsed: Record<string, unknown>): AddFlags {
  const one = (key: string) => optional(key, single(parsed, key));
  return {
    ...one('id'),
    ...one('prefix'),
    ...one('title'),
    ...one('description'),
    ...one('input'),
    ...one('output'),
    ...one('handler'),
    ...('words' in parsed ? one('dir') : {}),
    ...one('text'),
    ...one('uri'),
    ...optional('mimeType', single(parsed, 'mime-type')),
    ...one('file'),
    ...one('tool'),
    arguments: list(parsed, 'argument'),
    headers: list(parsed, 'header'),
    env: list(parsed, 'env'),
    extensions: list(parsed, 'extension'),
  };
}
