import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withSecretFiles } from '../../templates/src/runtime/settings/secret-files.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { variableOfFile } from '../../src/sources/reference.js';
import { withoutFiles } from '../../src/sources/manifest/setting.js';
import { newFolder } from '../support/new-folder.js';
import { read } from './support.js';

describe('settings in files', () => {
  const folder = newFolder();
  const file = join(folder, 'key');
  writeFileSync(file, 's3cret\n');

  it('are read where the variable is not set', () => {
    const secrets = [{ env: 'A', file }, { env: 'B' }, { env: 'C', file: join(folder, 'gone') }];
    expect(withSecretFiles({ B_FILE: file }, secrets)).toEqual({
      A: 's3cret',
      B: 's3cret',
      B_FILE: file,
    });
    expect(withSecretFiles({ A: 'own', A_FILE: 'x' }, secrets)).toMatchObject({ A: 'own' });
  });

  it('that cannot be read are named, and nothing of them is said', () => {
    const read = (path: string) => () => withSecretFiles({ A_FILE: path }, [{ env: 'A' }]);
    expect(read(join(folder, 'gone'))).toThrow('A_FILE names a file that is not there');
    expect(read(folder)).toThrow('A_FILE must name a file of at most 65536 bytes');
  });

  it('are known by a variable in the manifest', () => {
    expect(variableOfFile('/run/secrets/db-url.txt')).toBe('DB_URL');
    const { value, files } = withoutFiles({ a: ['Bearer ${file:/run/secrets/gh_token}'], b: 1 });
    expect(value).toEqual({ a: ['Bearer ${GH_TOKEN}'], b: 1 });
    expect([...files]).toEqual([['GH_TOKEN', '/run/secrets/gh_token']]);
  });
});

const manifest = `name: "@me/weather"
registryName: io.github.me/weather
description: ${'Says how the weather is. '.repeat(6)}
sources:
  weather:
    http: \${WEATHER_URL:-https://api.example.com}
    auth: { type: basic, password: "\${file:/run/secrets/pw}" }
`;

async function textOf(path: string, more = ''): Promise<string> {
  const plan = planProject(await read(manifest + more), {
    manifestText: manifest,
    specs: [],
    generatorVersion: '0.0.0',
  });
  const files = await renderProject(plan.filter((file) => file.path === path));
  return files[0]!.text;
}

it('an address of an API may lie in a file', async () => {
  const { sources } = await read(`name: shop
sources:
  petstore: { openapi: specs/petstore.yaml, baseUrl: "\${file:/run/secrets/shop-url}" }
`);
  expect(sources[0]).toMatchObject({ servers: { default: { env: 'SHOP_URL' } } });
  expect(sources[0]?.settings[0]).toMatchObject({
    env: 'SHOP_URL',
    required: true,
    file: '/run/secrets/shop-url',
  });
});

it('server.json has every setting', async () => {
  const environmentVariables = [
    {
      name: 'WEATHER_USERNAME',
      description: 'User name for weather',
      isRequired: true,
      isSecret: false,
    },
    { name: 'PW', description: 'Password for weather', isRequired: true, isSecret: true },
    {
      name: 'WEATHER_URL',
      description: 'Address of weather',
      isRequired: false,
      isSecret: false,
      default: 'https://api.example.com',
    },
  ];
  const text = await textOf('server.json');
  const server = JSON.parse(text) as { description: string };
  expect(server).toEqual({
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: 'io.github.me/weather',
    title: '@me/weather',
    description: expect.stringMatching(/^Says how .*…$/),
    version: '1.0.0',
    packages: [
      {
        registryType: 'npm',
        identifier: '@me/weather',
        version: '1.0.0',
        transport: { type: 'stdio' },
        environmentVariables,
      },
      {
        registryType: 'npm',
        identifier: '@me/weather',
        version: '1.0.0',
        transport: { type: 'streamable-http', url: 'http://127.0.0.1:3000/mcp' },
        environmentVariables,
      },
    ],
  });
  expect(server.description).toHaveLength(100);
});

it('package.json has the name in the registry, and the files that are read', async () => {
  const text = await textOf('package.json', 'resources: { guide: { file: docs/guide.md } }\n');
  expect(JSON.parse(text)).toMatchObject({
    mcpName: 'io.github.me/weather',
    files: ['docs/guide.md', 'dist'],
  });
});

it('.env.example tells of files', async () => {
  expect(await textOf('.env.example')).toContain(
    '# Password for weather; read from /run/secrets/pw unless PW is set (required)\nPW=\n',
  );
});
