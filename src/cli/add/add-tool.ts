import { resolve } from 'node:path';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { customTools } from '../../sources/manifest/custom-tools.js';
import { createLoader } from '../../sources/read/loader.js';
import { parseDocument } from '../../sources/read/parse-document.js';
import { readProjectFile } from '../../workspace/read-project.js';
import type { Session } from '../session.js';
import { parseSurface } from '../surface/surface.js';
import { usageError } from '../usage-error.js';
import type { Addition, AddRequest } from './addition.js';
import { missing } from './missing.js';
import { readArguments } from './read-arguments.js';
import { refuseInvalid } from './refuse-invalid.js';

/** `add tool <name>`: a schema in mcp.yaml and a handler to write. */
export async function addTool(request: AddRequest): Promise<Addition> {
  const { session, manifest, words, ask } = request;
  const flags = session.args.add;
  const name = words[0] ?? (await ask?.name('tool'));
  if (name === undefined) throw missing('tool', 'the name of the tool', '<name> --description …');
  if (/\*/.test(name)) throw usageError(`"${name}" cannot be used: a pattern names no tool`);
  if (Object.hasOwn(manifest.tools ?? {}, name) || (await hasTool(request, name)))
    throw new InputError([diagnostic('MCP605', { what: `a tool ${name}` })]);
  const description = flags.description ?? (await ask?.description());
  if (description === undefined) {
    throw missing('tool', 'what the tool is for', `${name} --description "What models read"`);
  }
  if (flags.input !== undefined && flags.arguments.length > 0)
    throw usageError('--input describes all arguments: leave --argument out');
  const isDescribed = flags.input !== undefined || flags.arguments.length > 0;
  const given = isDescribed ? flags.arguments : ((await ask?.arguments()) ?? []);
  const input =
    flags.input === undefined
      ? inputOfArguments(given)
      : await schemaOf(session, '--input', flags.input);
  const entry = {
    ...(flags.title !== undefined && { title: flags.title }),
    description,
    input,
    ...(flags.output !== undefined && {
      output: await schemaOf(session, '--output', flags.output),
    }),
    handler: flags.handler ?? `src/handlers/${fileName(name)}.ts`,
  };
  refuseInvalid(customTools, { key: name, entry });
  return { section: 'tools', key: name, entry };
}

async function hasTool({ folder }: AddRequest, name: string): Promise<boolean> {
  const text = await readProjectFile(folder.root, 'mcp.tools.json');
  const surface = text === undefined ? undefined : parseSurface(text, folder.lock);
  return (surface?.tools ?? []).some((tool) => tool.name.toLowerCase() === name.toLowerCase());
}

function inputOfArguments(words: readonly string[]): object {
  const given = readArguments(words);
  const properties = given.map(({ name, type, description }) => [
    name,
    { type, ...(description !== undefined && { description }) },
  ]);
  const required = given.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}

async function schemaOf({ io }: Session, flag: string, given: string): Promise<object> {
  const isText = given.trimStart().startsWith('{');
  const loader = createLoader({ base: io.cwd, signal: io.signal });
  const { file, text } = isText
    ? { file: flag, text: given }
    : await loader.readEntry(resolve(io.cwd, given));
  const { value } = parseDocument(text, file);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw usageError(`${flag} is not a JSON Schema`);
}

function fileName(tool: string): string {
  return tool
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
