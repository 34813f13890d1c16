import { callOf } from './binding.js';
import {
  listedOffers,
  sourceOffers,
  type ListedPrompt,
  type ListedResource,
} from './listed-offers.js';
import type { Prompt, Resource } from './offers.js';
import type { Blueprint, Source } from './types.js';

/** OAuth scopes that asking for it over HTTP takes; absent where no token is asked for. */
type Scoped = { scopes?: string[] };

export type RecordedResource = ListedResource & Scoped;
export type RecordedPrompt = ListedPrompt & Scoped;

/** Resources and prompts as `mcp.tools.json` holds them. */
export type RecordedOffers = { resources: RecordedResource[]; prompts: RecordedPrompt[] };

/** What is listed besides tools, for people and for comparisons. */
export function recordedOffers(blueprint: Blueprint): RecordedOffers {
  const { auth } = blueprint;
  const offers = listedOffers(blueprint);
  if (auth === undefined) return offers;
  const byUri = new Map<string, readonly string[]>();
  const byName = new Map<string, readonly string[]>();
  const said = auth.offers ?? {};
  for (const source of blueprint.sources) {
    const scopes = ofSource(source, blueprint);
    const { resources, prompts } = sourceOffers(source);
    for (const { uri } of resources) byUri.set(uri, scopes);
    for (const { name } of prompts) byName.set(name, [...scopes, ...(said.prompts?.[name] ?? [])]);
  }
  const ofTool = (name: string) => blueprint.tools.find((tool) => tool.name === name)?.scopes ?? [];
  const ofResource = ({ uri, content }: Resource) => [
    ...(said.resources?.[uri] ?? []),
    ...('tool' in content ? ofTool(content.tool) : []),
  ];
  for (const resource of blueprint.resources) byUri.set(resource.uri, ofResource(resource));
  const ofMessage = (message: Prompt['messages'][number]): readonly string[] => {
    if ('tool' in message) return ofTool(message.tool);
    // Which resource it is may depend on the arguments: then getting the prompt asks for it.
    const uri = 'resource' in message && 'value' in message.resource && message.resource.value;
    return typeof uri === 'string' ? (byUri.get(uri) ?? []) : [];
  };
  for (const { name, messages } of blueprint.prompts)
    byName.set(name, [...(said.prompts?.[name] ?? []), ...messages.flatMap(ofMessage)]);

  const always = auth.scopes ?? [];
  const all = (own: readonly string[] = []) => [...new Set([...always, ...own])].sort();
  return {
    resources: offers.resources.map((one) => ({ ...one, scopes: all(byUri.get(one.uri)) })),
    prompts: offers.prompts.map((one) => ({ ...one, scopes: all(byName.get(one.name)) })),
  };
}

/** What the source says of reading, and what all its tools ask for that give the same, as the emitted runtime finds them. */
function ofSource(source: Source, { tools, auth }: Blueprint): string[] {
  const said = auth?.offers?.sources?.[source.id];
  const own = tools.filter((tool) => callOf(tool)?.source === source.id);
  const reading = own.filter(({ annotations }) => annotations.readOnlyHint === true);
  const likest = LIKEST[source.kind];
  const same = own.filter((tool) => {
    const call = callOf(tool);
    return call !== undefined && 'action' in call && likest.includes(call.action);
  });
  const fallback = source.kind === 'mcp' && said === undefined ? [reading, own] : [reading];
  const [first, ...rest] = [same, ...fallback].find(({ length }) => length > 0) ?? [];
  const shared = (first?.scopes ?? []).filter((one) =>
    rest.every(({ scopes = [] }) => scopes.includes(one)),
  );
  return [...(said ?? []), ...shared];
}

/** Actions of the tools that give what is read of a source by its URI. */
const LIKEST: Record<Source['kind'], readonly string[]> = {
  http: [],
  sql: ['describe', 'find'],
  files: ['read'],
  mcp: [],
};
