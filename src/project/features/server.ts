import type { Feature } from '../context.js';

/** Entry point, and what the server says of itself. */
export const server: Feature = ({ blueprint }) => {
  const { name, title, version, transports } = blueprint.server;
  return [
    {
      path: 'src/main.ts',
      owner: 'managed',
      copy: blueprint.hooks === undefined ? 'src/main.ts' : 'src/main-with-hooks.ts',
    },
    {
      path: 'src/generated/server.ts',
      owner: 'managed',
      template: 'src/generated/server.ts.hbs',
      view: { server: { name, title, version, transports } },
    },
  ];
};
