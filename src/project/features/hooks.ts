import type { Feature } from '../context.js';
import { importPath } from '../handlers.js';

/** The file in which the user sees and changes requests and responses, where the manifest names one. */
export const hooks: Feature = ({ blueprint }) =>
  blueprint.hooks === undefined
    ? []
    : [
        {
          path: blueprint.hooks,
          owner: 'seed',
          template: 'src/hooks.ts.hbs',
          view: {
            names: ['Hooks'],
            runtimeFrom: importPath(blueprint.hooks, 'src/runtime/hooks.ts'),
          },
        },
        {
          path: 'src/generated/hooks.ts',
          owner: 'managed',
          template: 'src/generated/hooks.ts.hbs',
          view: { name: 'hooks', from: importPath('src/generated/hooks.ts', blueprint.hooks) },
        },
      ];
