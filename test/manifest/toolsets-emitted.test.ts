import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectHttp, connectStdio, ERAS, startHttp } from '../support/emitted-server.js';

const run = promisify(execFile);
const NO_SERVER = {
  PETSTORE_BASE_URL: 'http://127.0.0.1:9',
  PETSTORE_API_KEY: 'key',
  PETSTORE_STAFF_TOKEN: 'token',
};

let project: EmittedProject;

beforeAll(async () => {
  project = await emitProject({
    name: 'toolsets',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
    custom: {
      toolsets: {
        admin: { description: 'Changes things', tools: ['add*', 'remove*'], enabled: false },
        orders: { description: 'Orders', tools: ['*Order', '*Orders'] },
      },
    },
  });
}, 120_000);
afterAll(() => project?.remove());

const shown = (names: string[]) => names.filter((name) => !/^(?:add|remove)/.test(name));

describe('a project with toolsets', () => {
  it('type-checks, and its own tests pass', { timeout: 120_000 }, async () => {
    const { output, failures } = await project.ownTests();
    expect(failures).toEqual([]);
    expect(output).toContain('toolsets over stdio (2026-07-28)');
    expect(output).toContain('with all sets on, is what mcp.tools.json says (2025-11-25)');
  });

  it('mcp.tools.json says which tools are off at first, TOOLS.md and SETTINGS.md how they are switched', async () => {
    const read = (path: string) => readFile(join(project.root, path), 'utf8');
    const { tools } = JSON.parse(await read('mcp.tools.json')) as {
      tools: { name: string; off?: string[] }[];
    };
    expect(tools.filter(({ off }) => off).map(({ name, off }) => [name, off])).toEqual([
      ['addPet', ['admin']],
      ['removePet', ['admin']],
    ]);
    expect(await read('TOOLS.md')).toContain(
      '| `admin` | Changes things | off | addPet, removePet |',
    );
    expect(await read('SETTINGS.md')).toContain('| `MCP_TOOLSETS` | |');
    expect(await read('SETTINGS.md')).not.toContain('AVAILABILITY_CHECK_MS');
  });

  it.each(ERAS)('switches them over stdio, for a client of %s', async (era) => {
    const { client } = await connectStdio(project, era, NO_SERVER);
    const all = project.blueprint.tools.map(({ name }) => name).sort();
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    expect(await names()).toEqual([...shown(all), 'toolsets']);
    await client.callTool({ name: 'toolsets', arguments: { enable: ['admin'] } });
    expect(await names()).toEqual([...all, 'toolsets']);
    await client.close();
  });

  it('has over HTTP those that the environment says', async () => {
    const all = project.blueprint.tools.map(({ name }) => name).sort();
    const server = await startHttp(project, { ...NO_SERVER, MCP_TOOLSETS: 'admin,orders' });
    const client = await connectHttp('v2 on 2026-07-28', server.url);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(all);
    await client.close();
    expect(await server.stop()).toBe(0);
  });

  it('refuses to start with a set that is none', async () => {
    const argv = [project.main, '--stdio'];
    const env = { ...NO_SERVER, MCP_TOOLSETS: 'admim' };
    const failed = run(process.execPath, argv, { cwd: project.root, env });
    await expect(failed).rejects.toMatchObject({
      code: 2,
      stderr:
        'MCP_TOOLSETS must be all, none, or some of admin, orders, not "admim"; did you mean admin?\n',
    });
  });
});
