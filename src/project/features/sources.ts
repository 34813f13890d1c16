import type { Source } from '../../blueprint/types.js';
import type { Feature } from '../context.js';

/** Where requests go, and which environment variables hold what they need. */
export const sources: Feature = ({ blueprint }) => [
  {
    path: 'src/generated/sources.ts',
    owner: 'managed',
    template: 'src/generated/sources.ts.hbs',
    view: {
      sources: Object.fromEntries(blueprint.sources.map((source) => [source.id, shown(source)])),
    },
  },
];

function shown({ id, servers, securitySchemes }: Source): object {
  return { id, servers, securitySchemes };
}
