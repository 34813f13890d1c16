import type { Feature } from '../context.js';
import { settingsOf } from '../settings.js';

/** Entry point, and what the server says of itself. */
export const server: Feature = ({ blueprint }) => {
  const { name, title, version, transports } = blueprint.server;
  const settings = settingsOf(blueprint);
  const secrets = settings
    .filter(({ secret, file }) => secret || file !== '')
    .map(({ env, file }) => ({ env, ...(file !== '' && { file }) }));
  const needs = settings
    .filter(({ named }) => named)
    .map(({ env, description, file }) => ({ env, description, ...(file !== '' && { file }) }));
  return [
    {
      path: 'src/main.ts',
      owner: 'managed',
      template: 'src/main.ts.hbs',
      view: {
        auth: blueprint.auth !== undefined,
        hooks: blueprint.hooks !== undefined,
        sessions: blueprint.sessions !== undefined,
      },
    },
    {
      path: 'src/generated/server.ts',
      owner: 'managed',
      template: 'src/generated/server.ts.hbs',
      view: {
        server: {
          ...{ name, title, version, transports },
          ...(secrets.length > 0 && { secrets }),
          ...(needs.length > 0 && { needs }),
        },
      },
    },
  ];
};
