import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { promptsSchema, resourcesSchema } from '../../sources/manifest/offers.js';
import { usageError } from '../usage-error.js';
import type { Addition, AddRequest } from './addition.js';
import { missing } from './missing.js';
import { readArguments } from './read-arguments.js';
import { refuseInvalid } from './refuse-invalid.js';

/** `add prompt <name>`: a text with arguments. */
export async function addPrompt({ session, manifest, words, ask }: AddRequest): Promise<Addition> {
  const flags = session.args.add;
  const name = words[0] ?? (await ask?.name('prompt'));
  if (name === undefined) throw missing('prompt', 'the name of the prompt', '<name> --text …');
  if (Object.hasOwn(manifest.prompts ?? {}, name))
    throw new InputError([diagnostic('MCP605', { what: `a prompt ${name}` })]);
  const text = flags.text ?? (await ask?.text());
  if (text === undefined)
    throw missing(
      'prompt',
      'what the prompt says',
      `${name} --argument topic:string --text "Look into \${args.topic}"`,
    );
  const isAsked = flags.text === undefined && flags.arguments.length === 0;
  const given = readArguments(isAsked ? namesIn(text) : flags.arguments);
  const typed = given.find(({ type }) => type !== 'string');
  if (typed) throw usageError(`--argument ${typed.name}: arguments of prompts are text`);
  const parameters = given.map(({ name: key, isRequired, description }) => [
    key,
    { ...(description !== undefined && { description }), required: isRequired },
  ]);
  const entry = {
    ...common(flags),
    ...(parameters.length > 0 && { arguments: Object.fromEntries(parameters) }),
    messages: [{ text }],
  };
  refuseInvalid(promptsSchema, { key: name, entry }, { messages: '--text' });
  return { section: 'prompts', key: name, entry };
}

/** `add resource <name>`: a text, a file of the project, or what a tool answers. */
export async function addResource(request: AddRequest): Promise<Addition> {
  const { session, manifest, words, ask } = request;
  const flags = session.args.add;
  const name = words[0] ?? (await ask?.name('resource'));
  if (name === undefined)
    throw missing('resource', 'the name of the resource', '<name> --file docs/terms.md');
  if (Object.hasOwn(manifest.resources ?? {}, name))
    throw new InputError([diagnostic('MCP605', { what: `a resource ${name}` })]);
  const { uri, mimeType, text, file, tool } = flags;
  const content = {
    ...(text !== undefined && { text }),
    ...(file !== undefined && { file }),
    ...(tool !== undefined && { tool }),
  };
  const asked = Object.keys(content).length === 0 && ask ? await ask.content() : {};
  const entry = {
    ...(uri !== undefined && { uri }),
    ...common(flags),
    ...(mimeType !== undefined && { mimeType }),
    ...content,
    ...asked,
  };
  if (Object.keys({ ...content, ...asked }).length === 0)
    throw missing('resource', 'what it holds', `${name} --text …, --file … or --tool …`);
  refuseInvalid(resourcesSchema, { key: name, entry }, { mimeType: '--mime-type' });
  return { section: 'resources', key: name, entry };
}

/** Whoever was asked for the text alone means these. */
function namesIn(text: string): string[] {
  const names = [...text.matchAll(/\$\{args\.([A-Za-z_][\w-]*)/g)].map(([, name]) => name!);
  return [...new Set(names)];
}

function common({ title, description }: { title?: string; description?: string }) {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
}
