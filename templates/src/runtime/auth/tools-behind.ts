import type { Catalogue } from '../catalogue.js';
import type { Needs } from '../resources.js';
import type { ServerTool } from '../tool.js';

/** A request of the protocol. */
export type Asked = { method: string; params?: unknown };

type Fields = Record<string, unknown>;

/**
 * The tools that answering a request calls, as far as it can be told before: what a prompt or a handler asks for in the end is
 * checked again when it does.
 */
export function toolsBehind(catalogue: Catalogue, { method, params }: Asked): ServerTool[] {
  const { name, uri, ref, argument, arguments: args } = asFields(params);
  if (method === 'tools/call') {
    return named(catalogue, [name]).filter(({ unlisted }) => unlisted !== true);
  }
  if (method === 'resources/read') return behindUris(catalogue, [uri]);
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

function behindUris(catalogue: Catalogue, uris: readonly unknown[]): ServerTool[] {
  const needs = uris.flatMap((uri) =>
    catalogue.resources.map((provider) => provider.needs?.({ uri: String(uri) })),
  );
  return named(
    catalogue,
    needs.flatMap((one) => one?.tools ?? []),
  );
}

function behind(catalogue: Catalogue, needs: readonly (Needs | undefined)[]): ServerTool[] {
  return [
    ...named(
      catalogue,
      needs.flatMap((one) => one?.tools ?? []),
    ),
    ...behindUris(
      catalogue,
      needs.flatMap((one) => one?.uris ?? []),
    ),
  ];
}

function named({ tools }: Catalogue, names: readonly unknown[]): ServerTool[] {
  return names.flatMap((name) => tools.get(String(name)) ?? []);
}

function texts(fields: Fields): Record<string, string> {
  const entries = Object.entries(fields).map(([key, value]) => [key, String(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
