import type { Environment } from '../settings/settings.js';
import type { McpConnection } from './upstream.js';

const PLACEHOLDER = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}/g;

/** A connection with everything filled in, or why it cannot be used. */
export type Filled = { connection: McpConnection } | { problem: string };

/** Reads what a connection takes from the environment. */
export function fillIn(connection: McpConnection, env: Environment): Filled {
  const missing = new Set<string>();
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (_, name: string, fallback: string | undefined) => {
      const value = env[name]?.trim() || fallback;
      if (value === undefined) missing.add(name);
      return value ?? '';
    });
  const all = (texts: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));
  const filled: McpConnection =
    connection.type === 'http'
      ? { type: 'http', url: fill(connection.url), headers: all(connection.headers) }
      : { type: 'stdio', command: connection.command.map(fill), env: all(connection.env) };
  if (missing.size > 0) return { problem: `Set ${[...missing].join(' and ')}.` };
  const problem = filled.type === 'http' ? addressProblem(connection, filled) : undefined;
  return problem === undefined ? { connection: filled } : { problem };
}

/** Values of the environment that go into headers and processes: what must not be shown. */
export function secretsOf({ ...connection }: McpConnection, env: Environment): string[] {
  const texts = connection.type === 'http' ? connection.headers : connection.env;
  return Object.values(texts ?? {}).flatMap((text) =>
    [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => env[name!]?.trim() || []),
  );
}

type HttpConnection = Extract<McpConnection, { type: 'http' }>;

function addressProblem(given: McpConnection, { url, headers }: HttpConnection) {
  const name = given.type === 'http' ? /\$\{(\w+)/.exec(given.url)?.[1] : undefined;
  const what = name ?? 'The address of the MCP server';
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isUsable = /^https?:$/.test(parsed?.protocol ?? '') && parsed?.username === '';
  if (!isUsable || parsed?.password !== '') {
    return `${what} must be an absolute http(s) URL without credentials.`;
  }
  const bad = Object.entries(headers ?? {}).find(([, text]) => !/^[\t\x20-\x7e]*$/.test(text));
  return bad && `The header ${bad[0]} must be printable ASCII on one line.`;
}
