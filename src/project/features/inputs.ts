import type { Feature } from '../context.js';

/** What the project is made from, pinned so that it can be made again offline. */
export const inputs: Feature = ({ options }) => [
  { path: 'mcp.yaml', owner: 'user', text: options.manifestText },
  ...options.specs.map(({ path, text }) => ({ path, owner: 'user' as const, text })),
];
