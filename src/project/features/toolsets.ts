import type { Feature } from '../context.js';

/** Tools that are switched together, as data. */
export const toolsets: Feature = ({ blueprint: { toolsets: all = [] } }) => {
  if (all.length === 0) return [];
  return [
    {
      path: 'src/generated/toolsets.ts',
      owner: 'managed',
      template: 'src/generated/toolsets.ts.hbs',
      view: { toolsets: all },
    },
  ];
};
