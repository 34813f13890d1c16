import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1StdioTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as V1HttpTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { EmittedProject } from './emitted-project.js';

export const ERAS = ['v2 on 2026-07-28', 'v2 on 2025-11-25', 'v1'] as const;
export type Era = (typeof ERAS)[number];

/** The part of both clients' API that tests use. */
export type AnyClient = Pick<Client, 'callTool' | 'listTools' | 'close'>;

type Env = Record<string, string>;

const IDENTITY = { name: 'test', version: '0' };
const START_MS = 45_000;
/** Nothing of the developer's own environment may reach a server under test. */
const BASE_ENV = { PATH: process.env['PATH'] ?? '' };

function v2Client(era: Era): Client {
  const pin = { versionNegotiation: { mode: { pin: '2026-07-28' } } } as const;
  return new Client(IDENTITY, era === 'v2 on 2026-07-28' ? pin : {});
}

/** A client with a server process of its own; `stderr` gives what the server has logged so far. */
export async function connectStdio(
  { main, root }: Pick<EmittedProject, 'main' | 'root'>,
  era: Era,
  env: Env = {},
): Promise<{ client: AnyClient; stderr: () => string }> {
  const parameters = {
    command: process.execPath,
    args: [main, '--stdio'],
    cwd: root,
    env: { ...BASE_ENV, ...env },
    stderr: 'pipe' as const,
  };
  if (era === 'v1') {
    const client = new V1Client(IDENTITY);
    const transport = new V1StdioTransport(parameters);
    const stderr = collect(transport.stderr as Readable);
    await client.connect(transport);
    return { client: client as unknown as AnyClient, stderr };
  }
  const client = v2Client(era);
  const transport = new StdioClientTransport(parameters);
  const stderr = collect(transport.stderr as Readable);
  await client.connect(transport);
  return { client, stderr };
}

/** A client of a server that runs. */
export async function connectHttp(era: Era, url: string): Promise<AnyClient> {
  if (era === 'v1') {
    const client = new V1Client(IDENTITY);
    await client.connect(new V1HttpTransport(new URL(url)));
    return client as unknown as AnyClient;
  }
  const client = v2Client(era);
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

export type ServerProcess = {
  /** Address of the protocol's endpoint. */
  url: string;
  pid: number;
  stdout: () => string;
  stderr: () => string;
  /** Sends a signal and gives the exit code, null when the signal ended the process. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

/** Starts a server on the loopback address, on a free port unless one is given. Throws with its log when it does not listen in time. */
export async function startHttp(
  { main, root }: Pick<EmittedProject, 'main' | 'root'>,
  env: Env = {},
  port = 0,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main, '--http', '--port', String(port)], {
    cwd: root,
    env: { ...BASE_ENV, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const url = await Promise.race([
    listening(child.stderr, stderr),
    ended.then(() => Promise.reject(new Error(`the server ended:\n${stderr()}`))),
    silence(START_MS),
  ]);
  if (url === undefined) {
    child.kill('SIGKILL');
    throw new Error(`the server does not listen:\n${stderr()}`);
  }
  return {
    url,
    pid: child.pid as number,
    stdout,
    stderr,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

function silence(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** The address that the log tells. */
function listening(stream: Readable, text: () => string): Promise<string> {
  return new Promise((resolve) => {
    stream.on('data', () => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(text()) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
