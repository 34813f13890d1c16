import type { OfferScopes } from './auth.js';
import type { CustomTool } from './custom-tool.js';
import { namedScopes, patternScopes, type SourceScopes } from './own-scopes.js';
import { matchesPattern } from './tool-patterns.js';
import type { Source, Tool } from './types.js';

/** A source, and all tools that it gives, hidden ones too. */
export type ScopedSource = {
  source: Source;
  tools: readonly Pick<Tool, 'name' | 'annotations'>[];
  /** What a tool of it would be called that has no name. */
  probe: string;
};

/** What mcp.yaml says of its own resources and prompts. */
export type OwnOfferScopes = Pick<OfferScopes, 'prompts' | 'resources'>;

type Entries = Readonly<Record<string, Pick<CustomTool, 'scopes'>>>;

/**
 * What the source says of reading holds in any case, and what all its reading tools ask for, whether they are shown or not; where
 * there are neither, what all its tools ask for. Of a
 * source without tools a pattern says it that would fit every tool of it, and of prompts one that fits their name.
 */
export function offerScopes(
  given: readonly ScopedSource[],
  entries: Entries,
  ofSources: SourceScopes,
  own: OwnOfferScopes = { prompts: {}, resources: {} },
): OfferScopes {
  const offering = given.filter(({ source }) => source.kind !== 'http');
  const sources = offering.map(({ source: { id }, tools, probe }): [string, string[]] => {
    const read = ofSources[id]?.read ?? [];
    const reading = tools.filter(({ annotations }) => annotations.readOnlyHint === true);
    // What only changes things says nothing of reading where the source does.
    const like = reading.length > 0 || read.length > 0 ? reading : tools;
    const asked = like.map(
      ({ name, annotations }) =>
        namedScopes(name, entries) ??
        (annotations.readOnlyHint === true ? read : (ofSources[id]?.write ?? [])),
    );
    const [first, ...rest] =
      asked.length > 0
        ? asked
        : [tools.length > 0 ? read : (patternScopes(probe, entries) ?? read)];
    const shared = first!.filter((scope) => rest.every((scopes) => scopes.includes(scope)));
    return [id, [...new Set([...read, ...shared])]];
  });
  const prompts = promptNames(offering).map((name): [string, string[]] => [
    name,
    patternScopes(name, entries) ?? [],
  ]);
  return {
    sources: said(sources),
    prompts: said([...prompts, ...Object.entries(own.prompts)]),
    resources: said(Object.entries(own.resources)),
  };
}

/** Whether a key of `tools` says something of what sources have besides tools. */
export function fitsOffers(pattern: string, given: readonly ScopedSource[]): boolean {
  const probes = given.flatMap(({ source, tools, probe }) =>
    source.kind !== 'http' && tools.length === 0 ? [probe] : [],
  );
  return [...probes, ...promptNames(given)].some((name) => matchesPattern(pattern, name));
}

function promptNames(given: readonly ScopedSource[]): string[] {
  return given.flatMap(({ source }) =>
    source.kind === 'mcp'
      ? source.upstream.prompts.map(({ listed }) => String(listed['name']))
      : [],
  );
}

function said(entries: [string, string[]][]): Record<string, string[]> {
  return Object.fromEntries(entries.filter(([, scopes]) => scopes.length > 0));
}
