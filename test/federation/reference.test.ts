import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import { startHttp } from './start-http.js';
import { referenceServers } from './reference-servers.js';
import { emitFederation, type Federated } from './support.js';

const modules = await referenceServers();

const GZIP = { name: 'hello.gz', data: 'data:text/plain,hello' };

/** Calls in their order; what they change, the same call through the other way changes back or again. */
const CALLS: Record<string, [tool: string, args: Record<string, unknown>][]> = {
  everything: [
    ['echo', { message: 'hello' }],
    ['get-annotated-message', { messageType: 'success', includeImage: true }],
    ['get-resource-links', { count: 2 }],
    ['get-resource-reference', { resourceType: 'Text', resourceId: 1 }],
    ['get-structured-content', { location: 'Chicago' }],
    ['get-sum', { a: 2, b: 3 }],
    ['get-tiny-image', {}],
    ['trigger-long-running-operation', { duration: 0.2, steps: 2 }],
    ['get-env', {}],
    ['gzip-file-as-resource', { ...GZIP, outputType: 'resource' }],
    ['gzip-file-as-resource', { ...GZIP, outputType: 'resourceLink' }],
    // Once on, and once off again.
    ['toggle-simulated-logging', {}],
    ['toggle-simulated-logging', {}],
    ['toggle-subscriber-updates', {}],
    ['toggle-subscriber-updates', {}],
    // Wants to be called as a task, which neither of both ways does: it is refused alike.
    ['simulate-research-query', { topic: 'x' }],
  ],
  filesystem: [
    ['list_allowed_directories', {}],
    ['write_file', { path: 'a.txt', content: 'one\ntwo\n' }],
    ['read_file', { path: 'a.txt' }],
    ['read_text_file', { path: 'a.txt', head: 1 }],
    ['read_media_file', { path: 'dot.png' }],
    ['read_multiple_files', { paths: ['a.txt', 'fixed.txt'] }],
    ['edit_file', { path: 'fixed.txt', edits: [{ oldText: 'x', newText: 'y' }], dryRun: true }],
    ['create_directory', { path: 'sub' }],
    ['list_directory', { path: '.' }],
    ['list_directory_with_sizes', { path: '.', sortBy: 'name' }],
    ['directory_tree', { path: '.' }],
    ['search_files', { path: '.', pattern: '*.txt' }],
    ['get_file_info', { path: 'fixed.txt' }],
    ['move_file', { source: 'missing.txt', destination: 'other.txt' }],
  ],
  memory: [
    ['create_entities', { entities: [{ name: 'Ada', entityType: 'person', observations: [] }] }],
    ['create_relations', { relations: [{ from: 'Ada', to: 'Ada', relationType: 'is' }] }],
    ['add_observations', { observations: [{ entityName: 'Ada', contents: ['counts'] }] }],
    ['read_graph', {}],
    ['search_nodes', { query: 'Ada' }],
    ['open_nodes', { names: ['Ada'] }],
    ['delete_observations', { deletions: [{ entityName: 'Ada', observations: ['counts'] }] }],
    ['delete_relations', { relations: [{ from: 'Ada', to: 'Ada', relationType: 'is' }] }],
    ['delete_entities', { entityNames: ['Ada'] }],
  ],
};

/** Of each server, by its name there; `{resourceId}` of templates is filled in. */
const RESOURCES: Record<string, string[]> = {
  everything: [
    ...['architecture', 'extension', 'features', 'how-it-works', 'instructions'].map(documentUri),
    ...['startup', 'structure'].map(documentUri),
    'demo://resource/dynamic/text/3',
    'demo://resource/dynamic/blob/4',
  ],
  memory: ['memory://knowledge-graph'],
};

const PROMPTS = [
  ['simple-prompt', {}],
  ['args-prompt', { city: 'Paris' }],
  ['completable-prompt', { department: 'Engineering', name: 'Alice' }],
  ['resource-prompt', { resourceType: 'Text', resourceId: '1' }],
] as const;

function documentUri(name: string): string {
  return `demo://resource/static/document/${name}.md`;
}

describe.skipIf(modules === undefined)('the reference servers', () => {
  let root: string;
  let files: string;
  let project: Awaited<ReturnType<typeof emitFederation>>;
  const direct = new Map<string, Client>();
  const commandOf = (id: string) => [
    process.execPath,
    join(modules!, `@modelcontextprotocol/server-${id}/dist/index.js`),
    ...(id === 'filesystem' ? [files] : id === 'everything' ? ['stdio'] : []),
  ];
  const envOf = (name: string) => ({ MEMORY_FILE_PATH: join(root, `${name}.jsonl`) });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'reference-'));
    files = join(root, 'files');
    await mkdir(files);
    await writeFile(join(files, 'fixed.txt'), 'x\n');
    await writeFile(join(files, 'dot.png'), Buffer.from('89504e470d0a1a0a', 'hex'));
    const upstreams: Federated = {};
    for (const id of Object.keys(CALLS)) {
      const command = commandOf(id);
      const listed = await snapshotUpstream({ command, env: envOf(id) });
      const env = { MEMORY_FILE_PATH: '${MEMORY_FILE}' };
      upstreams[id] = { connect: [{ command, env }], prefix: id, listed };
    }
    project = await emitFederation(upstreams);
    for (const id of Object.keys(CALLS)) {
      const [command = '', ...args] = commandOf(id);
      const client = new Client({ name: 'direct', version: '1.0.0' });
      await client.connect(
        new StdioClientTransport({ command, args, env: envOf('direct'), stderr: 'ignore' }),
      );
      direct.set(id, client);
    }
  });
  afterAll(async () => {
    await Promise.all([...direct.values()].map((client) => client.close()));
    await project?.remove();
    await rm(root, { recursive: true, force: true });
  });

  async function connect(transport: 'stdio' | 'http') {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, MEMORY_FILE: join(root, `${transport}.jsonl`) };
    const client = new Client(
      { name: 'front', version: '1.0.0' },
      { versionNegotiation: { mode: 'auto' } },
    );
    if (transport === 'stdio') {
      const args = [project.main, '--stdio'];
      await client.connect(
        new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' }),
      );
      return { client, url: undefined, close: () => client.close() };
    }
    const server = await startHttp(project.main, env);
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
    return {
      client,
      url: server.url,
      close: async () => {
        await client.close();
        await server.close();
      },
    };
  }

  it.each(['stdio', 'http'] as const)('give the same through ours, over %s', async (transport) => {
    const { client, url, close } = await connect(transport);
    try {
      if (url !== undefined) expect(await ready(url)).toMatchObject({ everything: 'idle' });
      const { tools } = await client.listTools();
      const expected: string[] = [];
      for (const [id, calls] of Object.entries(CALLS)) {
        const there = direct.get(id)!;
        expected.push(...(await there.listTools()).tools.map(({ name }) => `${id}_${name}`));
        for (const [name, given] of calls) {
          const args = id === 'filesystem' ? inFolder(given) : given;
          const want = await there.callTool({ name, arguments: args });
          const got = await client.callTool({ name: `${id}_${name}`, arguments: args });
          expect({ name, result: shown(got) }).toEqual({ name, result: shown(want) });
        }
      }
      const names = tools.map(({ name }) => name).sort();
      expect(names).toEqual(expected.sort());
      const called = Object.entries(CALLS).flatMap(([id, calls]) =>
        calls.map(([name]) => `${id}_${name}`),
      );
      expect([...new Set(called)].sort()).toEqual(names);
      expect(names).toHaveLength(36);

      const { resources } = await client.listResources();
      const templates = (await client.listResourceTemplates()).resourceTemplates;
      expect(templates.map(({ uriTemplate }) => uriTemplate)).toEqual([
        'demo://resource/dynamic/blob/{resourceId}',
        'demo://resource/dynamic/text/{resourceId}',
      ]);
      const read: string[] = [];
      for (const [id, uris] of Object.entries(RESOURCES)) {
        for (const uri of uris) {
          const want = await direct.get(id)!.readResource({ uri });
          const got = await client.readResource({ uri });
          expect(plain(got.contents)).toEqual(plain(want.contents));
          expect(got.contents[0]?.uri).toBe(uri);
          read.push(uri);
        }
      }
      const isListed = (uri: string) => !uri.includes('/dynamic/');
      expect(read.filter(isListed).sort()).toEqual(resources.map(({ uri }) => uri).sort());
      expect(read).toHaveLength(10);

      const everything = direct.get('everything')!;
      for (const [name, args] of PROMPTS) {
        const { messages } = await everything.getPrompt({ name, arguments: args });
        const ours = await client.getPrompt({ name: `everything_${name}`, arguments: args });
        expect(plain(ours.messages)).toEqual(plain(messages));
      }
      const prompts = (await client.listPrompts()).prompts.map(({ name }) => name);
      expect(prompts.sort()).toEqual(PROMPTS.map(([name]) => `everything_${name}`).sort());
      expect(prompts).toHaveLength(4);
      const argument = { name: 'department', value: 'E' };
      const ref = (name: string) => ({ type: 'ref/prompt' as const, name });
      const ours = await client.complete({
        ref: ref('everything_completable-prompt'),
        argument,
      });
      const theirs = await everything.complete({ ref: ref('completable-prompt'), argument });
      expect(ours.completion.values).toEqual(theirs.completion.values);
      if (url === undefined) return;
      expect(await ready(url)).toEqual({ everything: 'up', filesystem: 'up', memory: 'up' });
    } finally {
      await close();
    }
  });

  function inFolder(args: Record<string, unknown>): Record<string, unknown> {
    const absolute = (value: unknown) => join(files, String(value));
    return Object.fromEntries(
      Object.entries(args).map(([key, value]) => {
        if (['path', 'source', 'destination'].includes(key)) return [key, absolute(value)];
        return [key, key === 'paths' ? (value as string[]).map(absolute) : value];
      }),
    );
  }
});

/** What `/ready` says of the servers. */
async function ready(url: string): Promise<unknown> {
  const response = await fetch(new URL('/ready', url));
  return ((await response.json()) as { upstreams?: unknown }).upstreams;
}

/** Without what the protocol's version adds. */
function shown(result: Record<string, unknown>) {
  const { content, structuredContent, isError } = result;
  return plain({ content, structuredContent, isError: isError === true });
}

/** Without times, and without the variables that differ: a server gets of its environment what mcp.yaml names. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll(/\d{1,2}:\d{2}:\d{2} [AP]M/g, '<time>')
    .replaceAll(/accessed: [^\\"]+/g, 'accessed: <time>')
    .replaceAll(/ {2}\\"(?:LOGNAME|SHELL|TERM|USER|MEMORY_FILE_PATH)\\": \\".*?\\",?\\n/g, '')
    .replaceAll(/,\\n\}/g, '\\n}');
  return JSON.parse(text) as unknown;
}
