import { listedOffers, sourceOffers } from '../blueprint/listed-offers.js';
import type { Blueprint, Resource } from '../blueprint/types.js';

/** What `TOOLS.md` shows besides tools: everything that can be read, and prompts. */
export type OffersOverview = {
  hasResources: boolean;
  resources: { uri: string; description: string; content: string }[];
  hasPrompts: boolean;
  prompts: { name: string; description: string; arguments: string }[];
};

export function offersOverview(blueprint: Blueprint): OffersOverview {
  const { resources, prompts } = listedOffers(blueprint);
  const own = new Map(blueprint.resources.map((one) => [one.uri, contentOf(one)]));
  const sources = blueprint.sources.flatMap((source) =>
    sourceOffers(source).resources.map(({ uri }) => [uri, source.id] as const),
  );
  const from = new Map([...sources, ...own]);
  return {
    hasResources: resources.length > 0,
    resources: resources.map(({ uri, name, title, description }) => ({
      uri,
      description: firstLine(description ?? title ?? name),
      content: from.get(uri) ?? '',
    })),
    hasPrompts: prompts.length > 0,
    prompts: prompts.map((prompt) => ({
      name: prompt.name,
      description: firstLine(prompt.description ?? prompt.title ?? ''),
      arguments: (prompt.arguments ?? [])
        .map(({ name, required }) => (required === true ? name : `${name} (optional)`))
        .join(', '),
    })),
  };
}

function contentOf({ content }: Resource): string {
  return 'file' in content ? content.file : 'tool' in content ? content.tool : 'text';
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
