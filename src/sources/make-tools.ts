import { customiseTools, type Customised } from '../blueprint/customise.js';
import { fitTools } from '../blueprint/fit-tools.js';
import type { Resource } from '../blueprint/offers.js';
import { expandPatterns } from '../blueprint/own-patterns.js';
import type { Skipped, Tool } from '../blueprint/types.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { calledTools } from './called-tools.js';
import { compose } from './composition/compose.js';
import { exposeResources } from './composition/expose.js';
import { manifestFile, type Manifest } from './manifest/manifest.js';
import { refuseClashes } from './name-clashes.js';
import type { SourceReading } from './reading.js';

/** Tools before it is known who may call them. */
export type MadeTools = {
  tools: Tool[];
  /** Those of them that are read by a URI instead. */
  resources: Resource[];
  /** Why some of the sources are not there. */
  skipped: Skipped[];
  /** Keys of `tools:` that change nothing. */
  unused: string[];
  customised: Pick<Customised, 'orphans' | 'findings'>;
  /** What was cut for the budget of the list. */
  fitted: Diagnostic[];
};

/**
 * Makes the tools of the sources and of `tools:` into those of the server: named once, within the budget, as the user wants
 * them, composed of each other. Throws an InputError for what clashes.
 */
export function makeTools(readings: readonly SourceReading[], manifest: Manifest): MadeTools {
  const file = manifestFile(manifest);
  refuseClashes(readings, file);
  const generated = readings.flatMap((reading) => reading.tools.map(({ name }) => name));
  const { custom, unused } = expandPatterns(manifest.tools ?? {}, generated);
  const called = calledTools(custom, manifest);
  const isShown = (name: string): boolean =>
    custom[name]?.hidden !== true || called.has(name) || called.has(custom[name].name ?? name);
  const shown = readings.map((reading) => ({
    ...reading,
    tools: reading.tools.filter(({ name }) => isShown(name)),
  }));
  const fitted = fitTools(shown, manifest.output?.schemas ?? 'shallow');

  const sources = readings.map(({ source }) => source);
  const { hooks } = manifest;
  const customised = customiseTools(fitted.tools, {
    ...{ custom, generated, file, hooks, sources, called },
  });
  const composed = compose({ tools: customised.tools, sources, custom, file });
  const patterns = manifest.expose?.resources ?? [];
  const exposed = exposeResources(composed, { patterns, entries: manifest.tools ?? {}, file });
  const { findings, skipped } = fitted;
  return { ...exposed, skipped, unused, customised, fitted: findings };
}
