import type { McpConnection } from '../../blueprint/upstream.js';
import type { Setting } from '../../blueprint/types.js';
import type { McpEntry } from '../manifest/mcp-source.js';
import { referencesIn } from '../reference.js';

/** The connections of an entry as the emitted server knows them. */
export function connectionsOf({ connect }: McpEntry): McpConnection[] {
  return connect.map((entry): McpConnection => {
    if ('url' in entry) {
      const { url, headers } = entry;
      return { type: 'http', url, ...(headers && { headers }) };
    }
    const { command, env } = entry;
    return { type: 'stdio', command, ...(env && { env }) };
  });
}

/** The variables in `connect`. Those in headers and in the environment of a process are taken for secrets. */
export function upstreamSettings(title: string, connections: readonly McpConnection[]): Setting[] {
  const settings = new Map<string, Setting>();
  const isOnly = connections.length === 1;
  const add = (text: string, what: string, secret: boolean): void => {
    for (const { env, fallback } of referencesIn(text)) {
      const known = settings.get(env);
      settings.set(env, {
        env,
        description: known?.description ?? `${what} of the MCP server ${title}`,
        secret: secret || known?.secret === true,
        // With several connections, one that lacks something is passed over.
        required: isOnly && fallback === undefined,
        ...(fallback !== undefined && !secret && { default: fallback }),
      });
    }
  };
  for (const connection of connections) {
    if (connection.type === 'http') add(connection.url, 'Address', false);
    else for (const word of connection.command) add(word, 'Part of the command', false);
    const values = connection.type === 'http' ? connection.headers : connection.env;
    for (const [name, text] of Object.entries(values ?? {})) add(text, name, true);
  }
  return [...settings.values()];
}
