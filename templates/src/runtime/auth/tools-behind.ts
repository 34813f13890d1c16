import type { Catalogue } from '../catalogue.js';
import type { OfferScopes } from './auth-facts.js';
import type { Needs } from '../resources.js';
import type { ServerTool } from '../tool.js';

/** A request of the protocol. */
export type Asked = { method: string; params?: unknown };

type Known = Catalogue & { offers: OfferScopes };

type Fields = Record<string, unknown>;

/** Something with scopes that a caller needs: a tool, or what a tool would give as well. */
type Scoped = { scopes?: readonly string[] | undefined };

/**
 * The tools that answering a request calls, as far as it can be told before: what a prompt or a handler asks for in the end is
 * checked again when it does.
 */
export function toolsBehind(
  all: Catalogue,
  { method, params }: Asked,
  offers: OfferScopes = {},
): Scoped[] {
  const catalogue = { ...all, offers };
  const { name, uri, ref, argument, arguments: args } = asFields(params);
  if (method === 'tools/call') {
    return named(catalogue, [name]).filter(({ unlisted }) => unlisted !== true);
  }
  // Where nobody watches it, what is subscribed to is read to tell whether it is there.
  if (method === 'resources/read' || method === 'resources/subscribe')
    return behindUris(catalogue, [uri]);
  if (method === 'prompts/get') {
    const given = asFields(args);
    return behind(
      catalogue,
      catalogue.prompts.map(({ needs }) => needs?.({ name: String(name), args: texts(given) })),
    );
  }
  if (method !== 'completion/complete') return [];
  const about = asFields(ref);
  const typed = String(asFields(argument)['name']);
  return behind(catalogue, [
    ...catalogue.resources.map(({ needs }) =>
      needs?.({ template: String(about['uri']), argument: typed }),
    ),
    ...catalogue.prompts.map(({ needs }) =>
      needs?.({ name: String(about['name']), argument: typed }),
    ),
  ]);
}

function behindUris(catalogue: Known, uris: readonly unknown[]): Scoped[] {
  const needs = uris.flatMap((uri) =>
    catalogue.resources.map((provider) => provider.needs?.({ uri: String(uri) })),
  );
  return direct(catalogue, needs);
}

function behind(catalogue: Known, needs: readonly (Needs | undefined)[]): Scoped[] {
  return [
    ...direct(catalogue, needs),
    ...behindUris(
      catalogue,
      needs.flatMap((one) => one?.uris ?? []),
    ),
  ];
}

function direct(catalogue: Known, needs: readonly (Needs | undefined)[]): Scoped[] {
  const names = needs.flatMap((one) => one?.tools ?? []);
  const alike = needs.flatMap((one) => {
    if (one?.like === undefined) return [];
    const isSaid = ownValue(catalogue.offers.sources ?? {}, one.source) !== undefined;
    return [alikeTo(catalogue, one.like, isSaid)];
  });
  const { sources = {}, prompts = {}, resources = {} } = catalogue.offers;
  const said = needs.flatMap((one) => [
    { scopes: ownValue(sources, one?.source) },
    { scopes: ownValue(prompts, one?.prompt) },
    { scopes: ownValue(resources, one?.resource) },
  ]);
  return [...named(catalogue, names), ...alike, ...said];
}

/**
 * What all tools of the first kind that there are ask for; where the source says it of reading, of those that read alone.
 */
function alikeTo({ tools }: Catalogue, kinds: NonNullable<Needs['like']>, isSaid: boolean): Scoped {
  for (const isAlike of kinds) {
    const [first, ...rest] = [...tools.values()].filter(
      (tool) => isAlike(tool) && (!isSaid || tool.annotations?.readOnlyHint === true),
    );
    if (first === undefined) continue;
    const { scopes = [] } = first;
    return { scopes: scopes.filter((one) => rest.every((tool) => tool.scopes?.includes(one))) };
  }
  return {};
}

function named({ tools }: Catalogue, names: readonly unknown[]): ServerTool[] {
  return names.flatMap((name) => tools.get(String(name)) ?? []);
}

function ownValue<Value>(of: Readonly<Record<string, Value>>, key: string | undefined) {
  return key !== undefined && Object.hasOwn(of, key) ? of[key] : undefined;
}

function texts(fields: Fields): Record<string, string> {
  const entries = Object.entries(fields).map(([key, value]) => [key, String(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
