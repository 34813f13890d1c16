import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validator, type Schema } from '@cfworker/json-schema';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Blueprint } from '../../src/blueprint/types.js';
import { planProject } from '../../src/project/plan.js';
import { settingsOf } from '../../src/project/settings.js';
import { renderProject } from '../../src/render/render-project.js';
import { settingIn } from '../../src/sources/read/setting-in.js';
import { fillInConnection } from '../../src/sources/upstream/fill-in.js';
import { newFolder } from '../support/new-folder.js';
import { INPUTS } from './inputs.js';
import { SERVER_JSON_SCHEMA } from './server-json-schema.js';
import { read, refusal } from './support.js';

const MANIFEST = `name: everything-server
sources:
  petstore: { openapi: specs/petstore.yaml, baseUrl: "\${file:/run/secrets/shop_url}" }
  weather:
    http: \${file:/run/secrets/weather_url}
    auth: { type: bearer, token: "\${file:/run/secrets/weather_token}" }
  pantry:
    sql: specs/pantry.sql
    dialect: postgres
    database: \${file:/run/secrets/pantry_url}
    claims: { app.cook: "\${file:/run/secrets/cook}" }
  notes: { filesystem: ["\${file:/run/secrets/notes-root}", "\${MORE:-./more}"] }
  scales:
    mcp: specs/scales.json
    connect:
      - url: \${file:/run/secrets/scales_url}
        headers: { Authorization: "Bearer \${file:/run/secrets/scales_token}" }
    prefix: a
  balance:
    mcp: specs/scales.json
    connect:
      - command: [node, "\${file:/run/secrets/balance_program}"]
        env: { BALANCE_KEY: "\${file:/run/secrets/balance.key}" }
    prefix: b
`;

/** Every variable that a file stands for, with the file. */
const FILES: [string, string][] = [
  ['SHOP_URL', '/run/secrets/shop_url'],
  ['WEATHER_URL', '/run/secrets/weather_url'],
  ['WEATHER_TOKEN', '/run/secrets/weather_token'],
  ['PANTRY_URL', '/run/secrets/pantry_url'],
  ['COOK', '/run/secrets/cook'],
  ['NOTES_ROOT', '/run/secrets/notes-root'],
  ['SCALES_URL', '/run/secrets/scales_url'],
  ['SCALES_TOKEN', '/run/secrets/scales_token'],
  ['BALANCE_PROGRAM', '/run/secrets/balance_program'],
  ['BALANCE', '/run/secrets/balance.key'],
];

describe('${file:…} wherever ${NAME} may stand', () => {
  let blueprint: Blueprint;
  let texts: Map<string, string>;
  beforeAll(async () => {
    blueprint = await read(MANIFEST, INPUTS);
    const plan = planProject(blueprint, {
      manifestText: MANIFEST,
      specs: [],
      generatorVersion: '0.0.0',
    });
    const paths = ['.env.example', 'server.json', 'src/generated/server.ts'];
    const files = await renderProject(plan.filter(({ path }) => paths.includes(path)));
    texts = new Map(files.map(({ path, text }) => [path, text]));
  }, 60_000);

  it.each(FILES)('%s: a secret setting that is read from %s', (env, file) => {
    const settings = blueprint.sources.flatMap((source) => source.settings);
    expect(settings.find((setting) => setting.env === env)).toMatchObject({
      file,
      secret: true,
      required: true,
    });
    expect(texts.get('.env.example')).toMatch(
      new RegExp(`^# .+; read from ${file} unless ${env} is set \\(required\\)\n${env}=$`, 'm'),
    );
    expect(texts.get('src/generated/server.ts')).toContain(`env: '${env}', file: '${file}'`);
  });

  it('server.json has each, with description and secret flag, as the schema of the registry wants it', () => {
    const server = JSON.parse(texts.get('server.json')!) as {
      packages: { environmentVariables: Record<string, unknown>[] }[];
    };
    const { errors } = new Validator(SERVER_JSON_SCHEMA as unknown as Schema, '7').validate(server);
    expect(errors).toEqual([]);
    for (const { environmentVariables } of server.packages) {
      const secrets = environmentVariables.filter(({ isSecret }) => isSecret === true);
      for (const [env] of FILES) {
        expect(secrets.find(({ name }) => name === env)).toMatchObject({ isRequired: true });
        expect(secrets.find(({ name }) => name === env)).not.toHaveProperty('default');
      }
      expect(environmentVariables).toContainEqual({
        ...{ name: 'MORE', isRequired: false, isSecret: false, default: './more' },
        description: expect.stringMatching(/./) as string,
      });
    }
  });
});

describe('serve.auth', () => {
  const guarded = (auth: string) => `name: guarded
sources: { petstore: { openapi: specs/petstore.yaml } }
serve: { transports: [http], auth: { ${auth} } }
`;

  it('takes what lies in files', async () => {
    const auth = ['issuer', 'audience', 'resource', 'jwksUri']
      .map((key) => `${key}: "\${file:/run/secrets/${key}}"`)
      .join(', ');
    const blueprint = await read(guarded(auth));
    expect(blueprint.auth).toMatchObject({
      issuer: { env: 'ISSUER' },
      audience: { env: 'AUDIENCE' },
      resource: { env: 'RESOURCE' },
      jwksUri: { env: 'JWKSURI' },
    });
    const plan = planProject(blueprint, {
      manifestText: guarded(auth),
      specs: [],
      generatorVersion: '0.0.0',
    });
    const files = await renderProject(
      plan.filter(({ path }) => path === 'src/generated/server.ts' || path === '.env.example'),
    );
    const text = files.map((file) => file.text).join('\n');
    for (const [env, file] of [
      ['ISSUER', '/run/secrets/issuer'],
      ['AUDIENCE', '/run/secrets/audience'],
      ['RESOURCE', '/run/secrets/resource'],
      ['JWKSURI', '/run/secrets/jwksUri'],
    ]) {
      expect(text).toContain(`env: '${env}', file: '${file}'`);
      expect(text).toContain(`read from ${file} unless ${env} is set`);
    }
  });

  it('shares no variable with the file of a source', async () => {
    const text = `name: two
sources: { one: { http: "\${file:/run/secrets/api-url}" } }
serve: { auth: { issuer: "\${file:/etc/api_url}", audience: "https://a.example" } }
`;
    expect(await refusal(text)).toContain(
      'mcp.yaml:3:10  error  MCP731  /etc/api_url and /run/secrets/api-url would both be read as API_URL\n',
    );
  });

  it.each([
    ['issuer', 'https://${TENANT}.example.com'],
    ['audience', 'api://${APP}'],
    ['audience', '${APP:-api://${X}}'],
    ['resource', 'https://a.example/${PATH_OF_IT}'],
    ['jwksUri', '${file:/run/a}/keys'],
  ])('refuses a part from the environment: %s %s', async (key, value) => {
    const given = { issuer: 'https://i.example', audience: 'https://a.example', [key]: value };
    const auth = Object.entries(given).map(([name, text]) => `${name}: "${text}"`);
    expect(await refusal(guarded(auth.join(', ')))).toContain(
      `serve.auth.${key} in the manifest cannot be used: must come from the environment as a whole`,
    );
  });

  it('refuses a scope that nothing would fill in', async () => {
    const auth = 'issuer: https://i.example, audience: https://a.example, scopes: ["${SCOPE}"]';
    expect(await refusal(guarded(auth))).toContain(
      'serve.auth.scopes.0 in the manifest cannot be used: must be the scope itself',
    );
  });
});

it.each([
  ['http: "https://${HOST}/v1"', 'sources.one.http', 'must come from the environment as a whole'],
  [
    'openapi: specs/petstore.yaml, baseUrl: "https://${HOST}/v1"',
    'sources.one.baseUrl',
    'must come from the environment as a whole',
  ],
  [
    'openapi: specs/petstore.yaml, documentUrl: "https://${HOST}/v1"',
    'sources.one.documentUrl',
    'must be the address itself',
  ],
  [
    'mcp: specs/a.json, connect: [{ url: "https://a.example", headers: { Authorization: "Bearer ${file:token}" } }]',
    'sources.one.connect.0.headers.Authorization',
    'has a ${…} that nothing fills in',
  ],
  [
    'mcp: specs/a.json, connect: [{ command: [node, "${NAME-x}"] }]',
    'sources.one.connect.0.command.1',
    'has a ${…} that nothing fills in',
  ],
  [
    'mcp: specs/a.json, connect: [{ url: "https://a.example/${1}" }]',
    'sources.one.connect.0.url',
    'has a ${…} that nothing fills in',
  ],
])('a ${…} that would be sent as it stands is refused: %s', async (source, where, why) => {
  expect(await refusal(`name: one\nsources: { one: { ${source} } }\n`)).toContain(
    `${where} in the manifest cannot be used: ${why}`,
  );
});

it('a constant of a request has none either', async () => {
  const text = `name: one
sources: { one: { http: "https://a.example" } }
tools:
  ask:
    description: Asks.
    input: { type: object }
    http: { source: one, path: /ask, query: { key: "\${file:/run/secrets/key}" } }
`;
  expect(await refusal(text)).toContain(
    'mcp.yaml:7:47  error  MCP720  the request of tools.ask cannot be made: it must be one argument, as in ${args.city}, or a constant',
  );
});

it('MCP732 commands that ask a running server read the files as well', () => {
  const folder = newFolder();
  const path = join(folder, 'token');
  const other = join(folder, 'other');
  writeFileSync(path, 'from the file\n');
  writeFileSync(other, 'from another');
  const reference = { env: 'TOKEN', file: path };
  expect(settingIn(reference, {})).toBe('from the file');
  expect(settingIn(reference, { TOKEN_FILE: other })).toBe('from another');
  expect(settingIn(reference, { TOKEN: 'set', TOKEN_FILE: other })).toBe('set');
  expect(settingIn({ env: 'TOKEN', file: join(folder, 'none') }, {})).toBeUndefined();
  expect(() => settingIn(reference, { TOKEN_FILE: join(folder, 'none') })).toThrow(
    `TOKEN cannot be read from ${join(folder, 'none')}: it is not there`,
  );
  const connection = {
    url: 'https://a.example',
    headers: { Authorization: `Bearer \${file:${path}}` },
  };
  expect(fillInConnection('one', connection, {})).toMatchObject({
    headers: { Authorization: 'Bearer from the file' },
  });
});

it('two files that one variable would stand for are refused', async () => {
  const text = `name: two
sources:
  one: { http: "\${file:/run/secrets/api-url}" }
  two: { http: "\${file:/etc/two/api_url}" }
`;
  expect(await refusal(text)).toContain(
    'mcp.yaml:4:3  error  MCP731  /etc/two/api_url and /run/secrets/api-url would both be read as API_URL\n',
  );
});

it('a variable that one source names may lie in the file of another', async () => {
  const text = `name: two
sources:
  one: { http: "\${API_URL:-https://a.example}" }
  two: { http: "\${file:/run/secrets/api-url}" }
`;
  expect(settingsOf(await read(text))).toMatchObject([
    { env: 'API_URL', file: '/run/secrets/api-url', secret: true, default: '' },
  ]);
});

it('one file may be read for two sources', async () => {
  const text = `name: two
sources:
  one: { http: "\${file:/run/secrets/api-url}" }
  two: { http: "\${file:/run/secrets/api-url}" }
`;
  expect((await read(text)).sources.map(({ settings }) => settings[0]?.file)).toEqual([
    '/run/secrets/api-url',
    '/run/secrets/api-url',
  ]);
});
