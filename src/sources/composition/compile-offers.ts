import type { Prompt, Resource } from '../../blueprint/offers.js';
import type { Source, Tool } from '../../blueprint/types.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { uriOf, type PromptEntry, type ResourceEntry } from '../manifest/offers.js';
import { createChecker, type Place } from './checker.js';
import { compilePrompt } from './compile-prompt.js';
import { compileResource } from './compile-resource.js';
import { createOfferCalls } from './offer-calls.js';

export type OfferOptions = {
  tools: readonly Tool[];
  sources: readonly Source[];
  resources: Readonly<Record<string, ResourceEntry>>;
  prompts: Readonly<Record<string, PromptEntry>>;
  /** The manifest, for messages. */
  file: string;
};

/**
 * Resources and prompts of mcp.yaml, checked against the tools that they call. Throws an InputError with everything that is wrong
 * (MCP710–MCP714, MCP721–MCP723).
 */
export function compileOffers({ tools, sources, resources, prompts, file }: OfferOptions): {
  resources: Resource[];
  prompts: Prompt[];
} {
  const problems: Diagnostic[] = [];
  const root = createChecker({ file, path: [] }, (problem) => problems.push(problem));
  const calls = createOfferCalls(tools, sources);

  // What sources give to be read is known only when the server runs.
  const isOpen = sources.some(({ kind }) => kind !== 'http');
  const uris = Object.entries(resources).map(([name, entry]) => uriOf(name, entry));
  const checkUri = (uri: string, place: Place): void => {
    if (isOpen || uris.some((known) => known === uri || known.includes('{'))) return;
    const suggestion = closest(uri, uris);
    place.report('MCP723', { uri, ...(suggestion !== undefined && { suggestion }) });
  };

  const compiled = {
    resources: Object.entries(resources).map(([name, entry]) =>
      compileResource(name, entry, { place: root.at(['resources', name]), file, calls }),
    ),
    prompts: Object.entries(prompts).map(([name, entry]) =>
      compilePrompt(name, entry, { place: root.at(['prompts', name]), file, calls, checkUri }),
    ),
  };
  if (problems.length > 0) throw new InputError(problems);
  return compiled;
}
