import { Validator, type Schema } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { SERVER_JSON_SCHEMA } from './server-json-schema.js';
import { read } from './support.js';

const validator = new Validator(SERVER_JSON_SCHEMA as unknown as Schema, '7');

async function serverJson(head: object, serve?: object): Promise<Record<string, unknown>> {
  const sources = { petstore: { openapi: 'specs/petstore.yaml' } };
  const manifest = stringify({ name: 'shop', ...head, sources, ...(serve && { serve }) });
  const blueprint = await read(manifest);
  const plan = planProject(blueprint, { manifestText: '', specs: [], generatorVersion: '0.0.0' });
  const [file] = await renderProject(plan.filter(({ path }) => path === 'server.json'));
  return JSON.parse(file!.text) as Record<string, unknown>;
}

const LONG = 'a'.repeat(99);

describe('server.json is what the schema of the registry says', () => {
  it.each([
    ['nothing said', {}, { name: 'com.example/shop', title: 'Pet Shop' }],
    ['a scoped name', { name: '@acme/shop' }, { name: 'com.example/shop' }],
    ['a name with ~', { name: '~my~shop' }, { name: 'com.example/my-shop' }],
    ['a long name', { name: 'n'.repeat(214) }, { name: `com.example/${'n'.repeat(188)}` }],
    ['a registered name', { registryName: 'io.github.a/b_c.d' }, { name: 'io.github.a/b_c.d' }],
    ['an empty title', { title: '' }, { title: undefined, description: 'MCP server for' }],
    ['a title of blanks and lines', { title: ' a\n b ' }, { title: 'a b' }],
    ['a long title', { title: `${LONG}bcd` }, { title: `${LONG}…` }],
    [
      'a title cut within a character of two halves',
      { title: `${'a'.repeat(98)}😀😀😀` },
      { title: `${'a'.repeat(98)}😀…` },
    ],
    ['a hundred such characters', { title: '😀'.repeat(100) }, { title: '😀'.repeat(100) }],
    ['a long description', { description: `${LONG}bcd` }, { description: `${LONG}…` }],
    ['a blank description', { description: ' \n ' }, { description: 'MCP server for Pet Shop' }],
    ['a prerelease', { version: '1.2.3-rc.1' }, { version: '1.2.3-rc.1' }],
    ['a version with build metadata', { version: '1.2.3+7' }, { version: '0.1.0' }],
  ])('%s', async (_, head, wanted) => {
    const server = await serverJson(head);
    expect(validator.validate(server).errors).toEqual([]);
    expect(server).toMatchObject(
      Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
    );
    if ('title' in wanted && wanted.title === undefined) expect(server).not.toHaveProperty('title');
  });

  it.each(['stdio', 'http', 'stdio, http'])('over %s', async (transports) => {
    const server = await serverJson({}, { transports: transports.split(', ') });
    expect(validator.validate(server).errors).toEqual([]);
    expect(server['packages']).toHaveLength(transports.split(',').length);
  });

  it('with an authorization server, and settings of which some have defaults', async () => {
    const server = await serverJson(
      {},
      {
        auth: { issuer: '${ISSUER:-https://id.example}', audience: '${file:/run/secrets/mcp}' },
      },
    );
    expect(validator.validate(server).errors).toEqual([]);
    const [first] = server['packages'] as { environmentVariables: unknown[] }[];
    expect(first?.environmentVariables).toContainEqual({
      name: 'ISSUER',
      description: 'Address of the authorization server, as its tokens have it in iss',
      isRequired: false,
      isSecret: false,
      default: 'https://id.example',
    });
  });
});

describe('the schema', () => {
  const good = {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    ...{ name: 'a/b', description: 'd', version: '1.0.0' },
  };
  const one = { registryType: 'npm', identifier: 'a', version: '1.0.0' };
  const stdio = { ...one, transport: { type: 'stdio' } };
  const http = (url: unknown) => ({ ...one, transport: { type: 'streamable-http', url } });
  const variable = (more: object) => ({
    ...stdio,
    environmentVariables: [
      { name: 'A', description: 'd', isRequired: false, isSecret: false, ...more },
    ],
  });
  const isValid = (server: object) => validator.validate(server).valid;

  it('takes what is right', () => {
    expect(isValid({ ...good, packages: [stdio, http('http://127.0.0.1:3000/mcp')] })).toBe(true);
  });

  it.each<[string, object]>([
    ['no name', { name: undefined }],
    ['two slashes', { name: 'a/b/c' }],
    ['a long name', { name: `a/${'b'.repeat(199)}` }],
    ['a long description', { description: 'd'.repeat(101) }],
    ['an empty title', { title: '' }],
    ['a range', { version: '^1.0.0' }],
    ['a long version', { version: `1.0.0-${'a'.repeat(250)}` }],
    ['the latest package', { packages: [{ ...stdio, version: 'latest' }] }],
    ['a package without transport', { packages: [one] }],
    ['another transport', { packages: [{ ...one, transport: { type: 'sse' } }] }],
    ['no address', { packages: [http(undefined)] }],
    ['a variable of the address that there is not', { packages: [http('http://{host}/mcp')] }],
    ['a number as default', { packages: [variable({ default: 1 })] }],
    [
      'a secret that everybody can read',
      { packages: [variable({ isSecret: true, default: 'a' })] },
    ],
    ['a word for a yes', { packages: [variable({ isRequired: 'yes' })] }],
    ['a variable without a name', { packages: [variable({ name: undefined })] }],
  ])('refuses %s', (_, part) => {
    const server = JSON.parse(JSON.stringify({ ...good, packages: [stdio], ...part })) as object;
    expect(isValid(server)).toBe(false);
  });
});
