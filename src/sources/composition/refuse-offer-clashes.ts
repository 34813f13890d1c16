import { isWithin, sharedUri } from '../../blueprint/uri-overlap.js';
import { sourceOffers } from '../../blueprint/listed-offers.js';
import type { Prompt, Resource, Source } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';

export type OfferClashOptions = {
  /** Declared in mcp.yaml, and tools that are resources instead. */
  resources: readonly Resource[];
  prompts: readonly Prompt[];
  sources: readonly Source[];
};

/**
 * Refuses what a caller could not tell apart: a resource whose URI is, or fits, one that a source gives to be read; a prompt with
 * the name of another server's. Tells of templates of which one hides a part of another (MCP733). Throws an InputError (MCP729,
 * MCP724, MCP730).
 */
export function refuseOfferClashes({
  resources,
  prompts,
  sources,
}: OfferClashOptions): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const seen = new Map<string, Resource>();
  for (const resource of resources) {
    const { uri, name, origin } = resource;
    const first = seen.get(shapeOf(uri));
    if (first !== undefined) {
      const fields = { where: whereOf(resource), uri, first: whereOf(first) };
      problems.push(diagnostic('MCP724', fields, { origin }));
    } else seen.set(shapeOf(uri), resource);
    for (const source of sources) {
      const other = sourceOffers(source).resources.find(
        (one) => sharedUri(uri, one.uri) !== undefined,
      );
      if (other === undefined) continue;
      const fields = {
        ...{ where: whereOf(resource), uri, source: source.id, other: other.uri, name },
        shared: sharedUri(uri, other.uri) ?? uri,
      };
      problems.push(diagnostic('MCP729', fields, { origin }));
    }
  }
  for (const { name, origin } of prompts) {
    for (const source of sources) {
      if (!sourceOffers(source).prompts.some((one) => one.name === name)) continue;
      problems.push(diagnostic('MCP730', { name, source: source.id }, { origin }));
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return overlaps(resources);
}

function whereOf({ name, origin: { path } }: Resource): string {
  return path[0] === 'resources' ? `resources.${name}` : `tools.${name}`;
}

/** Templates that differ in the names of their variables alone stand for the same URIs. */
function shapeOf(uri: string): string {
  return uri.replace(/\{([+?]?)[^}]*\}/g, '{$1}');
}

/**
 * Where one URI could mean two templates: the one declared first is read. Nothing is said of a narrower one that stands before a
 * wider one, nor of a URI without variables, which is looked for before all templates.
 */
function overlaps(resources: readonly Resource[]): Diagnostic[] {
  const templates = resources.filter(({ uri }) => uri.includes('{'));
  return templates.flatMap((resource, index) => {
    for (const first of templates.slice(0, index)) {
      const shared = sharedUri(first.uri, resource.uri);
      if (shared === undefined || shapeOf(first.uri) === shapeOf(resource.uri)) continue;
      if (isWithin(first.uri, resource.uri)) continue;
      const fields = {
        ...{ where: whereOf(resource), uri: resource.uri, shared },
        ...{ first: whereOf(first), firstUri: first.uri },
      };
      return [diagnostic('MCP733', fields, { origin: resource.origin })];
    }
    return [];
  });
}
