import type {
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from '@modelcontextprotocol/server';
import type { ResourceProvider } from '../resources.js';
import { ask, complete } from './ask.js';
import { cleanContents, cleanValue, newCleaning } from './clean-value.js';
import type { UpstreamLink } from './link.js';
import { toolsOf } from './mcp-tool.js';
import { templateFits } from './template-fits.js';
import { watchUpstream } from './watch-upstream.js';

/** The pinned resources and templates of other servers; what they have besides is not to be had. */
export function mcpResources(
  links: readonly UpstreamLink[],
  maxChars: number,
  isShown: (link: UpstreamLink) => boolean = () => true,
): ResourceProvider {
  const entries = links.map((link) => ({
    link,
    prefix: link.upstream.uriPrefix ?? '',
    uris: new Set(link.upstream.resources.map(({ own }) => own)),
    templates: link.upstream.templates.map(({ own }) => ({ own, fits: templateFits(own) })),
    ...(link.upstream.subscribe === true && { watch: watchUpstream(link) }),
  }));
  const all = (kind: 'resources' | 'templates') =>
    links.filter(isShown).flatMap(({ upstream }) => upstream[kind].map(({ listed }) => listed));
  const watch: ResourceProvider['watch'] = (uri, updated) => {
    for (const { watch, prefix, uris, templates } of entries) {
      if (watch === undefined || !uri.startsWith(prefix)) continue;
      const own = uri.slice(prefix.length);
      if (uris.has(own) || templates.some(({ fits }) => fits(own))) {
        return watch(own, updated);
      }
    }
    return undefined;
  };
  return {
    ...(entries.some((entry) => entry.watch !== undefined) && { watch }),
    get resources() {
      return all('resources') as Resource[];
    },
    get templates() {
      return all('templates') as ResourceTemplateType[];
    },
    read: async (uri, signal) => {
      for (const { link, prefix, uris, templates } of entries) {
        if (!uri.startsWith(prefix)) continue;
        const own = uri.slice(prefix.length);
        const template = templates.find(({ fits }) => fits(own))?.own;
        const pinned = uris.has(own)
          ? ({ kind: 'resource', name: own } as const)
          : template !== undefined && ({ kind: 'template', name: template } as const);
        if (!pinned) continue;
        const { contents } = await ask(link, pinned, signal, ({ client }, options) =>
          client.readResource({ uri: own }, { ...options, cacheMode: 'refresh' }),
        );
        const cleaning = newCleaning(maxChars, prefix);
        return contents.map((one) =>
          cleanContents(one, cleaning),
        ) as ReadResourceResult['contents'];
      }
      return undefined;
    },
    needs: (asked) => {
      const found = entries.find(({ prefix, uris, templates }) => {
        const text = 'uri' in asked ? asked.uri : asked.template;
        if (!text.startsWith(prefix)) return false;
        const own = text.slice(prefix.length);
        return 'uri' in asked
          ? uris.has(own) || templates.some(({ fits }) => fits(own))
          : templates.some((one) => one.own === own);
      });
      if (found === undefined) return undefined;
      const { id } = found.link.upstream;
      return { source: id, like: toolsOf(id) };
    },
    complete: async (uri, completing, signal) => {
      for (const { link, prefix, templates } of entries) {
        const own = templates.find((template) => prefix + template.own === uri)?.own;
        if (own === undefined) continue;
        const values = await ask(
          link,
          { kind: 'template', name: own },
          signal,
          (session, options) =>
            complete(session, { type: 'ref/resource', uri: own }, completing, options),
        );
        return cleanValue(values) as string[];
      }
      return undefined;
    },
  };
}
