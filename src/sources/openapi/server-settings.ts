import type { Setting } from '../../blueprint/types.js';
import type { Servers } from './servers.js';

/** The environment variables of servers: where each one is, and what stands in its address. */
export function serverSettings(servers: Servers): Setting[] {
  return Object.entries(servers.found).flatMap(([key, server]) => {
    const variables = Object.entries(server.variables ?? {}).map(([name, variable]): Setting => ({
      env: variable.env,
      description: `Server variable ${name}${variable.enum ? ` (one of ${variable.enum.slice(0, 10).join(', ')})` : ''}`,
      secret: false,
      required: false,
      default: variable.default,
    }));
    const base: Setting = {
      env: server.env,
      description:
        key === 'default' ? 'Base URL of the API' : `Base URL of the operations on ${key}`,
      secret: false,
      required: server.url === undefined,
      ...(server.url !== undefined && { default: server.url }),
    };
    return [base, ...variables];
  });
}
