import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { McpSource } from '../../src/blueprint/upstream.js';
import type { McpEntry } from '../../src/sources/manifest/mcp-source.js';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import type { UpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import { createLink, type UpstreamLink } from '../../templates/src/runtime/mcp/link.js';
import { callMcpTool } from '../../templates/src/runtime/mcp/call-mcp-tool.js';
import type { McpTool } from '../../templates/src/runtime/mcp/mcp-tool.js';
import type { ProgressReport } from '../../templates/src/runtime/calls/progress.js';
import { readFederation } from './support.js';

const SERVER = fileURLToPath(new URL('fake-server.mjs', import.meta.url));

export type Fake = {
  command: string[];
  /** Tells the server something by a file of that name. */
  tell: (name: string, text: string) => Promise<void>;
  log: () => Promise<string[]>;
  remove: () => Promise<void>;
};

/** A folder for a server of its own. */
export async function fakeServer(): Promise<Fake> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-'));
  return {
    command: [process.execPath, SERVER, folder],
    tell: (name, text) => writeFile(join(folder, name), text),
    log: async () => {
      const file = join(folder, 'log');
      return existsSync(file) ? (await readFile(file, 'utf8')).trim().split('\n') : [];
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

let first: Promise<UpstreamSnapshot> | undefined;

/** What the server lists at first. */
export function fakeListed(): Promise<UpstreamSnapshot> {
  return (first ??= fakeServer().then(({ command, remove }) =>
    snapshotUpstream({ command }).finally(remove),
  ));
}

export type Calling = {
  link: UpstreamLink;
  call: (
    name: string,
    args?: Record<string, unknown>,
    options?: { signal?: AbortSignal; progress?: (report: ProgressReport) => void },
  ) => ReturnType<typeof callMcpTool>;
};

/** The runtime in front of servers, with what the generator makes of the snapshot. */
export async function inFrontOf(
  entry: Omit<McpEntry, 'mcp'>,
  env: Record<string, string> = {},
  { now, listed }: { now?: () => number; listed?: UpstreamSnapshot } = {},
): Promise<Calling> {
  const { blueprint } = await readFederation({
    fake: { ...entry, listed: listed ?? (await fakeListed()) },
  });
  const { upstream } = blueprint.sources[0] as McpSource;
  const link = createLink(upstream, env, 'test/1.0.0', now);
  const tools = new Map(
    blueprint.tools.map((tool) => {
      const { kind: _, ...mcp } = tool.binding as unknown as { kind: string } & McpTool['mcp'];
      return [tool.name, { ...tool, mcp } as unknown as McpTool];
    }),
  );
  return {
    link,
    call: (name, args = {}, { signal = new AbortController().signal, progress } = {}) =>
      callMcpTool(tools.get(name)!, args, {
        ...{ link, signal, maxResultChars: 10_000 },
        extra: progress ? { progress } : {},
      }),
  };
}
