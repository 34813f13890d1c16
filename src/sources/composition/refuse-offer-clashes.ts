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
 * the name of another server's. Throws an InputError (MCP729, MCP724, MCP730).
 */
export function refuseOfferClashes({ resources, prompts, sources }: OfferClashOptions): void {
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
      const other = sourceOffers(source).resources.find((one) => overlap(uri, one.uri));
      if (other === undefined) continue;
      const fields = { where: whereOf(resource), uri, source: source.id, other: other.uri, name };
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
}

function whereOf({ name, origin: { path } }: Resource): string {
  return path[0] === 'resources' ? `resources.${name}` : `tools.${name}`;
}

/** Templates that differ in the names of their variables alone stand for the same URIs. */
function shapeOf(uri: string): string {
  return uri.replace(/\{([+?]?)[^}]*\}/g, '{$1}');
}

function overlap(a: string, b: string): boolean {
  return shapeOf(a) === shapeOf(b) || fits(a, b) || fits(b, a);
}

/** Whether a URI without variables is one of those that a template stands for. */
function fits(uri: string, template: string): boolean {
  if (uri.includes('{') || !template.includes('{')) return false;
  const parts = template.split(/(\{[^}]*\})/).map((part) => {
    if (!part.startsWith('{')) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return part[1] === '+' ? '[^?#]+' : part[1] === '?' ? '(?:\\?.*)?' : '[^/?#]+';
  });
  return new RegExp(`^${parts.join('')}$`, 'u').test(uri);
}
