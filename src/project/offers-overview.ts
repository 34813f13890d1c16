import type { Blueprint } from '../blueprint/types.js';

/** What `TOOLS.md` shows besides tools: what mcp.yaml declares to be read, and prompts. */
export type OffersOverview = {
  hasResources: boolean;
  resources: { uri: string; description: string; content: string }[];
  hasPrompts: boolean;
  prompts: { name: string; description: string; arguments: string }[];
};

export function offersOverview({ resources, prompts }: Blueprint): OffersOverview {
  return {
    hasResources: resources.length > 0,
    resources: resources.map(({ uri, name, title, description, content }) => ({
      uri,
      description: firstLine(description ?? title ?? name),
      content: 'file' in content ? content.file : 'tool' in content ? content.tool : 'text',
    })),
    hasPrompts: prompts.length > 0,
    prompts: prompts.map((prompt) => ({
      name: prompt.name,
      description: firstLine(prompt.description ?? prompt.title ?? ''),
      arguments: prompt.arguments
        .map(({ name, required }) => (required ? name : `${name} (optional)`))
        .join(', '),
    })),
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
