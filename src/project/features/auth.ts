import type { Feature } from '../context.js';

/** Whose access tokens are accepted, as data. */
export const auth: Feature = ({ blueprint }) => {
  if (blueprint.auth === undefined) return [];
  const { settings: _, ...facts } = blueprint.auth;
  return [
    {
      path: 'src/generated/auth.ts',
      owner: 'managed',
      template: 'src/generated/auth.ts.hbs',
      view: { auth: facts },
    },
  ];
};
