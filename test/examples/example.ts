import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { cli, jsonOf, temporaryFolder } from '../cli/support.js';
import { startHttp } from '../support/emitted-server.js';
import { runOwnTests, type OwnTests } from '../support/own-tests.js';
import { compileProject, linkPackages, WITH_TESTS } from '../support/project-folder.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** A project that was made from the manifest of an example, and compiled. */
export type Example = {
  root: string;
  main: string;
  /** Names of the tools that it was made with. */
  tools: string[];
  /** Runs the project's own tests, compiled anew. */
  ownTests: () => Promise<OwnTests>;
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
  await linkPackages(root);
  await compileProject(root, ['-p', 'tsconfig.build.json']);
  const { tools } = JSON.parse((await cli(dir, ['inspect', manifest, '--json'])).out) as {
    tools: { name: string }[];
  };
  return {
    root,
    main: join(root, 'dist/main.js'),
    tools: tools.map((tool) => tool.name),
    ownTests: async () => {
      await compileProject(root, WITH_TESTS);
      return runOwnTests(root);
    },
    remove,
  };
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
