import type { Prompt, Resource } from '../blueprint/offers.js';
import type { Toolset } from '../blueprint/toolset.js';
import type { Source, Tool } from '../blueprint/types.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { compileOffers } from './composition/compile-offers.js';
import { compileToolsets } from './composition/compile-toolsets.js';
import { deprecatedParts } from './composition/deprecated-parts.js';
import { refuseOfferClashes } from './composition/refuse-offer-clashes.js';
import { manifestFile, type Manifest } from './manifest/manifest.js';

export type OfferParts = {
  tools: readonly Tool[];
  /** Tools that are read by a URI. */
  exposed: readonly Resource[];
  sources: readonly Source[];
};

/** What there is besides tools, with findings on it. */
export type MadeOffers = {
  resources: Resource[];
  prompts: Prompt[];
  toolsets: Toolset[];
  findings: Diagnostic[];
};

/** Resources, prompts and toolsets of the manifest. Throws an InputError for what does not fit to the tools or clashes. */
export function makeOffers(
  manifest: Manifest,
  { tools, exposed, sources }: OfferParts,
): MadeOffers {
  const file = manifestFile(manifest);
  const { resources: own = {}, prompts: declared = {} } = manifest;
  const offers = compileOffers({ tools, sources, resources: own, prompts: declared, file });
  const { prompts } = offers;
  const resources = [...exposed, ...offers.resources];
  const toolsets = compileToolsets(manifest.toolsets ?? {}, tools, file);
  return {
    ...{ resources, prompts, toolsets },
    findings: [
      ...refuseOfferClashes({ resources, prompts, sources }),
      ...deprecatedParts({ tools, resources, prompts, toolsets, file }),
    ],
  };
}
