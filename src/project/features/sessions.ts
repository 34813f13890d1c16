import type { Feature } from '../context.js';

/** How many sessions there may be, and for how long, as data. */
export const sessions: Feature = ({ blueprint }) => {
  if (blueprint.sessions === undefined) return [];
  return [
    {
      path: 'src/generated/sessions.ts',
      owner: 'managed',
      template: 'src/generated/sessions.ts.hbs',
      view: { sessions: blueprint.sessions },
    },
  ];
};
