import type { Feature } from '../context.js';
import { ownKey } from '../own-keys.js';

/** Folders with what callers see of them; where they are comes from the environment. */
export const folders: Feature = ({ blueprint }) => {
  const sources = blueprint.sources.filter((source) => source.kind === 'files');
  if (sources.length === 0) return [];
  return [
    {
      path: 'src/generated/folders.ts',
      owner: 'managed',
      template: 'src/generated/folders.ts.hbs',
      view: {
        folders: Object.fromEntries(sources.map(({ id, folders }) => [ownKey(id), folders])),
      },
    },
  ];
};
