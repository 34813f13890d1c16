import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { cli, jsonOf, temporaryFolder } from '../cli/support.js';
import { startHttp } from '../support/emitted-server.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

const run = promisify(execFile);

/** A project that was made from the manifest of an example, and compiled. */
export type Example = {
  root: string;
  main: string;
  /** Names of the tools that it was made with. */
  tools: string[];
  /** What the project's own tests say: the lines of those that fail, and of the count. */
  ownTests: () => Promise<string[]>;
  remove: () => void;
};

/** Makes the project of `<folder>/<name>`, with this repository's packages in place of an installation. */
export async function makeExample(name: string, folder = 'examples'): Promise<Example> {
  const { dir, remove } = temporaryFolder();
  return makeIn(dir, { name, folder, remove }).catch((error: unknown) => {
    remove();
    throw error;
  });
}

type Place = { name: string; folder: string; remove: () => void };

async function makeIn(dir: string, { name, folder, remove }: Place): Promise<Example> {
  const root = join(dir, name);
  const manifest = resolve(REPOSITORY, folder, name, 'mcp.yaml');
  const made = await cli(dir, [manifest, name, '--yes', '--json']);
  if (made.code !== 0) throw new Error(made.err + made.out);
  const { findings } = jsonOf('scaffold', made) as { findings: object[] };
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  await compile(root, ['-p', 'tsconfig.build.json']);
  const { tools } = JSON.parse((await cli(dir, ['inspect', manifest, '--json'])).out) as {
    tools: { name: string }[];
  };
  return {
    root,
    main: join(root, 'dist/main.js'),
    tools: tools.map((tool) => tool.name),
    ownTests: async () => {
      await compile(root, ['--noEmit', 'false', '--outDir', 'build']);
      const { stdout } = await run(process.execPath, ['build/test/generated/run.js'], {
        cwd: root,
      }).catch((failed: { stdout: string }) => failed);
      return stdout.match(/^ *✖ .*$|^ℹ fail .*$/gm) ?? [];
    },
    remove,
  };
}

async function compile(root: string, args: string[]): Promise<void> {
  const tsc = join(REPOSITORY, 'node_modules/.bin/tsc');
  await run(tsc, args, { cwd: root }).catch((failed: { stdout: string }) => {
    throw new Error(failed.stdout);
  });
}

export const TRANSPORTS = ['stdio', 'http'] as const;

/** A client of version 2 of the SDK with a server of its own, over one transport; `close` ends both. */
export async function connect(
  { root, main }: Example,
  transport: (typeof TRANSPORTS)[number],
  env: Record<string, string> = {},
): Promise<{ client: Client; close: () => Promise<void> }> {
  const client = new Client(
    { name: 'test', version: '0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  if (transport === 'stdio') {
    const base = { PATH: process.env['PATH'] ?? '' };
    await client.connect(
      new StdioClientTransport({
        ...{ command: process.execPath, args: [main, '--stdio'], cwd: root },
        ...{ env: { ...base, ...env }, stderr: 'ignore' as const },
      }),
    );
    return { client, close: () => client.close() };
  }
  const server = await startHttp({ root, main }, env);
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  const close = async () => {
    await client.close();
    await server.stop();
  };
  return { client, close };
}

/** What a tool answers: structured where it is, and the text. */
export async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('\n');
  return { isError: result.isError === true, text, data: result.structuredContent };
}
