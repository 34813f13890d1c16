import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { McpEntry } from '../manifest/mcp-source.js';
import { fillInConnection } from './fill-in.js';
import { snapshotUpstream, type UpstreamAddress } from './snapshot-upstream.js';
import { writeUpstreamSnapshot } from './snapshot.js';

type Environment = Readonly<Record<string, string | undefined>>;

const STDIO = 'mcp+stdio:';

/** Whether a word means a running server: `mcp:` (as mcp.yaml says), `mcp+stdio:<command>`, or an address where one is wanted. */
export function isUpstreamAddress(word: string): boolean {
  return word === 'mcp:' || word.startsWith(STDIO) || /^https?:\/\//i.test(word);
}

/**
 * The snapshot of a running server as text, and how it may be named. What an address needs besides is taken from the
 * connections of mcp.yaml: headers for the same origin, the environment of a process. Throws an InputError (MCP861, MCP865).
 */
export async function readUpstreamNow(
  id: string,
  word: string,
  { connect }: Pick<McpEntry, 'connect'>,
  { env, signal }: { env: Environment; signal?: AbortSignal },
): Promise<{ shown: string; text: string }> {
  if (word === 'mcp:') return readFirst(id, connect, env, signal);
  const address = addressOf(id, word, connect, env);
  return { shown: nameOf(address), text: await textOf(address, signal) };
}

/** As mcp.yaml says: the first connection that answers. */
async function readFirst(
  id: string,
  connect: McpEntry['connect'],
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<{ shown: string; text: string }> {
  let failed: unknown;
  for (const connection of connect) {
    try {
      const address = fillInConnection(id, connection, env);
      return { shown: nameOf(address), text: await textOf(address, signal) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failed ??= error;
    }
  }
  throw failed;
}

function addressOf(
  id: string,
  word: string,
  connect: McpEntry['connect'],
  env: Environment,
): UpstreamAddress {
  if (word.startsWith(STDIO)) {
    const command = word.slice(STDIO.length).trim().split(/\s+/);
    const process = connect.find((connection) => 'command' in connection);
    const filled = process && fillInConnection(id, process, env);
    return { command, ...(filled && 'env' in filled && { env: filled.env }) };
  }
  if (!URL.canParse(word)) {
    throw new InputError([diagnostic('MCP861', { what: word, why: 'it is no address' })]);
  }
  for (const connection of connect) {
    if (!('url' in connection)) continue;
    const filled = fillInConnection(id, connection, env);
    if ('url' in filled && URL.canParse(filled.url) && isSameOrigin(filled.url, word)) {
      return { ...filled, url: word };
    }
  }
  return { url: word };
}

async function textOf(address: UpstreamAddress, signal: AbortSignal | undefined): Promise<string> {
  return writeUpstreamSnapshot(await snapshotUpstream(address, signal ? { signal } : {}));
}

/** Without arguments and queries: they may hold secrets. */
function nameOf(address: UpstreamAddress): string {
  if ('command' in address) return `${STDIO}${address.command[0]}`;
  const { origin, pathname } = new URL(address.url);
  return `${origin}${pathname}`;
}

function isSameOrigin(a: string, b: string): boolean {
  return new URL(a).origin === new URL(b).origin;
}
