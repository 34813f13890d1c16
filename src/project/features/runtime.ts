import type { Feature } from '../context.js';
import { AVAILABLE_DRIVERS, dialectsOf } from '../copied.js';
import type { FileSpec } from '../file-spec.js';
import { driversOf } from '../sql-drivers.js';
import { AVAILABLE_GUARDS, guardsOf } from '../sql-guards.js';

/** The half of the server that is the same for all: copied as it is, as far as this one uses it. */
export const runtime: Feature = ({ blueprint, copied }) => {
  const drivers = driversOf(dialectsOf(blueprint));
  return [
    ...copied.runtime.map((path): FileSpec => ({
      path,
      owner: 'managed',
      copy: path,
    })),
    ...(drivers.length === 0
      ? []
      : [
          {
            path: AVAILABLE_DRIVERS,
            owner: 'managed' as const,
            template: `${AVAILABLE_DRIVERS}.hbs`,
            view: { drivers: drivers.map((name) => ({ name, path: `./${name}.js` })) },
          },
          {
            path: AVAILABLE_GUARDS,
            owner: 'managed' as const,
            template: 'src/generated/available-guards.ts.hbs',
            view: {
              guards: guardsOf(blueprint).map((name) => ({ name, path: `./${name}.js` })),
            },
          },
        ]),
  ];
};
