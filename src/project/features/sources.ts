import type { Source } from '../../blueprint/types.js';
import type { Feature } from '../context.js';
import { ownKey } from '../own-keys.js';

/** Where requests go, and which environment variables hold what they need. */
export const sources: Feature = ({ blueprint }) => [
  {
    path: 'src/generated/sources.ts',
    owner: 'managed',
    template: 'src/generated/sources.ts.hbs',
    view: {
      sources: Object.fromEntries(
        blueprint.sources.map((source) => [ownKey(source.id), shown(source)]),
      ),
    },
  },
];

function shown({ id, servers, securitySchemes }: Source): object {
  const schemes = Object.entries(securitySchemes).map(([name, scheme]) => [ownKey(name), scheme]);
  return { id, servers, securitySchemes: Object.fromEntries(schemes) };
}
