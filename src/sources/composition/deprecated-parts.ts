import { announced } from '../../blueprint/own-deprecation.js';
import { waitsFor, type Toolset } from '../../blueprint/toolset.js';
import type { Completion, Prompt, Resource } from '../../blueprint/offers.js';
import type { Tool } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic, type Origin } from '../../diagnostics/diagnostic.js';

export type DeprecatedPartsOptions = {
  tools: readonly Tool[];
  resources: readonly Resource[];
  prompts: readonly Prompt[];
  toolsets: readonly Toolset[];
  /** The manifest, for messages. */
  file: string;
};

/**
 * What is made of deprecated tools, and is not deprecated itself (MCP734); successors that callers look for in vain (MCP735).
 * A tool that is deprecated by its document alone counts as well. Throws an InputError for successors that callers never have
 * (MCP726).
 */
export function deprecatedParts({
  tools,
  resources,
  prompts,
  toolsets,
  file,
}: DeprecatedPartsOptions): Diagnostic[] {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const calls = (where: string, origin: Origin, names: readonly string[]): Diagnostic[] =>
    [...new Set(names)].flatMap((name) => {
      const tool = byName.get(name);
      if (tool?.deprecated !== true) return [];
      const { successor } = announced(tool.description) ?? {};
      const fields = { where, tool: name, ...(successor !== undefined && { successor }) };
      return [diagnostic('MCP734', fields, { origin })];
    });
  const origin = ({ name, generatedName = name }: Tool, ...path: string[]): Origin => ({
    file,
    path: ['tools', generatedName, ...path],
  });
  const named = tools.flatMap((tool) => {
    const { successor } = announced(tool.description) ?? {};
    return successor === undefined || tool.unlisted === true ? [] : [{ tool, successor }];
  });
  const hidden = named.filter(({ successor }) => byName.get(successor)?.unlisted === true);
  if (hidden.length > 0) {
    throw new InputError(
      hidden.map(({ tool, successor }) => {
        const fields = { tool: tool.generatedName ?? tool.name, successor, isHidden: true };
        const place = { origin: origin(tool, 'deprecated', 'successor') };
        return diagnostic('MCP726', fields, place);
      }),
    );
  }
  const away = named.flatMap(({ tool, successor }) => {
    const sets = waitsFor(successor, toolsets);
    if (sets.length === 0 || waitsFor(tool.name, toolsets).some((set) => sets.includes(set)))
      return [];
    const fields = { tool: tool.name, successor, toolsets: sets.join(', ') };
    return [diagnostic('MCP735', fields, { origin: origin(tool) })];
  });
  return [
    ...tools.flatMap((tool) => {
      const { name, generatedName = name, binding, deprecated } = tool;
      if (binding.kind !== 'steps' || deprecated === true) return [];
      const called = binding.plan.steps.map(({ call }) => call);
      return calls(`tools.${generatedName}`, origin(tool), called);
    }),
    ...resources.flatMap(({ name, origin, content, complete }) =>
      // One that is a tool instead says itself what is to be said.
      origin.path[0] === 'resources'
        ? calls(`resources.${name}`, origin, [
            ...('tool' in content ? [content.tool] : []),
            ...completing(complete),
          ])
        : [],
    ),
    ...prompts.flatMap(({ name, origin, messages, complete }) =>
      calls(`prompts.${name}`, origin, [
        ...messages.flatMap((message) => ('tool' in message ? [message.tool] : [])),
        ...completing(complete),
      ]),
    ),
    ...away,
  ];
}

function completing(complete: Readonly<Record<string, Completion>> = {}): string[] {
  return Object.values(complete).flatMap((one) => ('tool' in one ? [one.tool] : []));
}
