import type { CustomTool } from '../blueprint/custom-tool.js';
import type { Manifest } from './manifest/manifest.js';

/** Names of the tools that others, resources and completions are made of: they stay where they are hidden. */
export function calledTools(
  custom: Readonly<Record<string, CustomTool>>,
  { resources = {}, prompts = {} }: Pick<Manifest, 'resources' | 'prompts'>,
): Set<string> {
  const steps = Object.values(custom).flatMap((tool) => tool.steps ?? []);
  const ofPrompts = Object.values(prompts).flatMap((prompt) =>
    Object.values(prompt.arguments ?? {}).map(({ complete }) => complete),
  );
  const ofResources = Object.values(resources).flatMap(({ complete = {} }) =>
    Object.values(complete),
  );
  return new Set([
    ...steps.map(({ call }) => call),
    ...Object.values(resources).flatMap(({ tool }) => tool ?? []),
    ...Object.values(prompts).flatMap(({ messages }) => messages.flatMap(({ tool }) => tool ?? [])),
    ...[...ofPrompts, ...ofResources].flatMap((one) =>
      one === undefined || Array.isArray(one) ? [] : [one.tool],
    ),
  ]);
}
