import { closest } from '../diagnostics/closest.js';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError, type Diagnostic, type Origin } from '../diagnostics/diagnostic.js';
import { callOf, describeBinding } from './binding.js';
import type { CustomTool } from './custom-tool.js';
import { deprecatedTool } from './own-deprecation.js';
import { ownTool } from './own-tool.js';
import type { Orphan, Source, Tool, ToolAnnotations } from './types.js';

export type CustomiseOptions = {
  /** By the name that a tool is generated with, or the key of a new one. */
  custom: Readonly<Record<string, CustomTool>>;
  /** Names of all tools that the inputs give, hidden ones too. */
  generated: readonly string[];
  /** The manifest, for messages. */
  file: string;
  hooks?: string | undefined;
  /** Names of tools that others are made of: hidden ones of the user stay for these. */
  called?: ReadonlySet<string>;
  /** What requests of tools without code can be sent to. */
  sources?: readonly Source[];
};

export type Customised = { tools: Tool[]; orphans: Orphan[]; findings: Diagnostic[] };

/**
 * Applies what the user wants to be different: other names and texts, handlers in place of requests, tools written by hand.
 * What is meant for a tool that is gone becomes a warning and an orphan. Throws an InputError for names and files that
 * clash, and for schemas that clients would refuse.
 */
export function customiseTools(tools: readonly Tool[], options: CustomiseOptions): Customised {
  const { custom, generated, file, called, sources = [] } = options;
  const entries = Object.entries(custom);
  const originOf = (key: string, ...path: string[]): Origin => ({
    file,
    path: ['tools', key, ...path],
  });
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const known = new Map(generated.map((name) => [name, byName.get(name)]));
  const own = entries.filter(
    ([key, { input, hidden, name = key }]) =>
      input !== undefined && (hidden !== true || called?.has(name) === true),
  );
  const errors = [
    ...own.flatMap(([key]) => {
      if (!known.has(key)) return [];
      const tool = known.get(key);
      const fields = { tool: key, operation: tool ? describeBinding(tool) : 'hidden' };
      return [diagnostic('MCP705', fields, { origin: originOf(key, 'input') })];
    }),
    ...sharedModules(entries, options.hooks, originOf),
  ];
  if (errors.length > 0) throw new InputError(errors);

  const added = own.map(([key, entry]) => ownTool(key, entry, { origin: originOf(key), sources }));
  const changed = tools.map((tool) => {
    const entry = Object.hasOwn(custom, tool.name) ? custom[tool.name] : undefined;
    return entry === undefined ? tool : changedTool(tool, entry);
  });
  const all = [...changed, ...added];
  const clashes = clashingNames(all, originOf);
  if (clashes.length > 0) throw new InputError(clashes);
  const successors = entries.flatMap(([key, { deprecated }]) => {
    const successor = typeof deprecated === 'object' ? deprecated.successor : undefined;
    if (successor === undefined || all.some(({ name }) => name === successor)) return [];
    const suggestion = closest(
      successor,
      all.map(({ name }) => name),
    );
    const fields = { tool: key, successor, ...(suggestion !== undefined && { suggestion }) };
    return [diagnostic('MCP726', fields, { origin: originOf(key, 'deprecated', 'successor') })];
  });
  if (successors.length > 0) throw new InputError(successors);

  const gone = entries.filter(([key, { input }]) => input === undefined && !known.has(key));
  const findings = gone.map(([key, { handler }]) => {
    const suggestion = closest(
      key,
      generated.filter((name) => !Object.hasOwn(custom, name)),
    );
    const fields = {
      tool: key,
      ...(handler !== undefined && { handler }),
      ...(suggestion !== undefined && { suggestion }),
    };
    return diagnostic('MCP703', fields, { origin: originOf(key) });
  });
  const used = new Set(all.map(({ generatedName, name }) => generatedName ?? name));
  const orphans = entries.flatMap(([tool, { handler: module }]) =>
    module === undefined || used.has(tool) ? [] : [{ tool, module }],
  );
  return { tools: all, orphans, findings };
}

function changedTool(
  tool: Tool,
  {
    name,
    title,
    description = tool.description,
    descriptionPrefix = '',
    handler,
    hidden,
    annotations,
    deprecated,
  }: CustomTool,
): Tool {
  const call = callOf(tool);
  const changed: Tool = {
    ...tool,
    ...(name !== undefined && name !== tool.name && { name, generatedName: tool.name }),
    ...(hidden === true && { unlisted: true }),
    ...(title !== undefined && { title }),
    description: descriptionPrefix + description,
    ...(annotations && { annotations: { ...tool.annotations, ...annotations } as ToolAnnotations }),
    ...(handler !== undefined && {
      binding: { kind: 'handler', module: handler, ...(call && { inPlaceOf: call }) },
    }),
  };
  return deprecatedTool(changed, deprecated);
}

/** A file exports one handler, so no two tools can have the same. */
function sharedModules(
  entries: [string, CustomTool][],
  hooks: string | undefined,
  originOf: (key: string, ...path: string[]) => Origin,
): Diagnostic[] {
  const users = new Map<string, string>();
  if (hooks !== undefined) users.set(hooks.toLowerCase(), 'hooks');
  return entries.flatMap(([key, { handler }]) => {
    if (handler === undefined) return [];
    const second = `tools.${key}.handler`;
    const first = users.get(handler.toLowerCase());
    users.set(handler.toLowerCase(), first ?? second);
    if (first === undefined) return [];
    const fields = { module: handler, first, second };
    return [diagnostic('MCP707', fields, { origin: originOf(key, 'handler') })];
  });
}

function clashingNames(
  tools: readonly Tool[],
  originOf: (key: string, ...path: string[]) => Origin,
): Diagnostic[] {
  const taken = new Map<string, Tool>();
  return tools.flatMap((tool) => {
    const first = taken.get(tool.name.toLowerCase());
    taken.set(tool.name.toLowerCase(), first ?? tool);
    if (first === undefined) return [];
    // The one that was named by a person can be named otherwise.
    const named = [tool, first].find(({ generatedName }) => generatedName !== undefined) ?? tool;
    const key = named.generatedName ?? named.name;
    const path = named.generatedName === undefined ? [] : ['name'];
    const fields = { name: tool.name, first: called(first), second: called(tool), key };
    return [diagnostic('MCP704', fields, { origin: originOf(key, ...path) })];
  });
}

function called(tool: Tool): string {
  const does = describeBinding(tool);
  return tool.generatedName === undefined
    ? `${tool.name} (${does})`
    : `${tool.generatedName}, renamed (${does})`;
}
