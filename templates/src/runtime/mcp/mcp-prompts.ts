import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server';
import type { PromptProvider } from '../prompts.js';
import { ask, complete } from './ask.js';
import { cleanBlock, cleanValue, newCleaning } from './clean-value.js';
import type { UpstreamLink } from './link.js';
import { toolsOf } from './mcp-tool.js';

/** The pinned prompts of other servers. */
export function mcpPrompts(
  links: readonly UpstreamLink[],
  maxChars: number,
  isShown: (link: UpstreamLink) => boolean = () => true,
): PromptProvider {
  const byName = new Map(
    links.flatMap((link) =>
      link.upstream.prompts.map(({ own, listed }) => [String(listed['name']), { link, own }]),
    ),
  );
  return {
    get prompts() {
      return links
        .filter(isShown)
        .flatMap(({ upstream }) => upstream.prompts.map(({ listed }) => listed as Prompt));
    },
    get: async (name, args, signal) => {
      const found = byName.get(name);
      if (found === undefined) return undefined;
      const { link, own } = found;
      const result = await ask(link, { kind: 'prompt', name: own }, signal, (session, options) =>
        session.client.getPrompt({ name: own, arguments: { ...args } }, options),
      );
      const cleaning = newCleaning(maxChars, link.upstream.uriPrefix);
      const { description, messages } = result;
      return {
        ...(description !== undefined && { description: cleanValue(description) as string }),
        messages: messages.map(({ role, content }) => ({
          role,
          content: cleanBlock(content, cleaning),
        })),
      } as GetPromptResult;
    },
    needs: ({ name }) => {
      const found = byName.get(name);
      if (found === undefined) return undefined;
      const { id } = found.link.upstream;
      return { source: id, prompt: name, like: toolsOf(id) };
    },
    complete: async (name, completing, signal) => {
      const found = byName.get(name);
      if (found === undefined) return undefined;
      const { link, own } = found;
      const values = await ask(link, { kind: 'prompt', name: own }, signal, (session, options) =>
        complete(session, { type: 'ref/prompt', name: own }, completing, options),
      );
      return cleanValue(values) as string[];
    },
  };
}
