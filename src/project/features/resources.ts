import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';

/** What mcp.yaml declares to be read, as data. */
export const resources: Feature = ({ blueprint }) =>
  blueprint.resources.length === 0 ? [] : [offerFile('resources', blueprint.resources)];

/** The file with the resources or prompts of a project. */
export function offerFile(
  module: 'resources' | 'prompts',
  offers: readonly { origin: object }[],
): FileSpec {
  return {
    path: `src/generated/${module}.ts`,
    owner: 'managed',
    template: `src/generated/${module}.ts.hbs`,
    view: { [module]: offers.map(({ origin: _, ...shown }) => shown) },
  };
}
