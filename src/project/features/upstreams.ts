import type { Feature } from '../context.js';
import { ownKey } from '../own-keys.js';

/** Other MCP servers: where they are, what they offered when they were read, and the snapshots that tests stand in with. */
export const upstreams: Feature = ({ blueprint }) => {
  const sources = blueprint.sources.filter((source) => source.kind === 'mcp');
  if (sources.length === 0) return [];
  return [
    {
      path: 'src/generated/upstreams.ts',
      owner: 'managed',
      template: 'src/generated/upstreams.ts.hbs',
      view: {
        upstreams: Object.fromEntries(
          sources.map(({ id, upstream: { pins, ...upstream } }) => [
            ownKey(id),
            {
              ...upstream,
              pins: Object.fromEntries(
                Object.entries(pins).map(([key, pin]) => [ownKey(key), pin]),
              ),
            },
          ]),
        ),
      },
    },
    {
      path: 'test/generated/snapshots.ts',
      owner: 'managed',
      template: 'test/generated/snapshots.ts.hbs',
      view: {
        snapshots: Object.fromEntries(sources.map(({ id, snapshot }) => [ownKey(id), snapshot])),
      },
    },
  ];
};
