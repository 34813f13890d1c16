import { Validator, type Schema } from '@cfworker/json-schema';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Blueprint } from '../../src/blueprint/types.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
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
    const { errors } = new Validator(SERVER_JSON_SCHEMA as unknown as Schema, '2020-12').validate(
      server,
    );
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
