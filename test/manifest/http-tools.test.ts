import { expect, it } from 'vitest';
import { read, refusal } from './support.js';

const head = `name: weather
sources:
  weather:
    http: \${WEATHER_URL:-https://api.example.com/v2}
    auth: { type: bearer, token: "\${file:/run/secrets/weather_token}" }
tools:
  forecast:
    description: The weather of a city.
    input:
      type: object
      properties: { city: { type: string }, units: { type: string }, lang: { type: string } }
      required: [city]
`;

const http = (text: string) => `${head}    http: ${text}\n`;
const good =
  '{ source: weather, path: "/forecast/{city}", query: { u: "${args.units}", format: json }, headers: { X-Lang: "${args.lang}" } }';

it('a request without code: path, query, constants and headers', async () => {
  const { tools, sources } = await read(http(good));
  expect(tools[0]).toMatchObject({
    name: 'forecast',
    annotations: { readOnlyHint: true, openWorldHint: true },
    binding: {
      kind: 'http',
      source: 'weather',
      method: 'GET',
      path: '/forecast/{city}?format=json',
      parameters: [
        { argument: 'city', in: 'path' },
        { argument: 'units', name: 'u', in: 'query' },
        { argument: 'lang', name: 'X-Lang', in: 'header' },
      ],
      security: [{ auth: [] }],
    },
  });
  expect(sources[0]).toMatchObject({
    kind: 'http',
    servers: { default: { env: 'WEATHER_URL', url: 'https://api.example.com/v2' } },
    securitySchemes: { auth: { type: 'bearer', env: 'WEATHER_TOKEN' } },
    settings: [
      { env: 'WEATHER_URL', required: false, secret: false },
      { env: 'WEATHER_TOKEN', required: true, secret: true, file: '/run/secrets/weather_token' },
    ],
  });
});

it('a body of fields', async () => {
  const text = http(
    '{ source: weather, method: POST, path: /alerts, body: { place: "${args.city}", u: "${args.units}", l: "${args.lang}" } }',
  );
  const { tools } = await read(text);
  expect(tools[0]).toMatchObject({
    annotations: { readOnlyHint: false, destructiveHint: false },
    binding: {
      body: { contentType: 'application/json', fields: { city: 'place', units: 'u', lang: 'l' } },
    },
  });
});

it.each([
  ['{ source: wether, path: / }', 'there is no API called wether', 'did you mean "weather"?'],
  [
    '{ source: weather, path: "/{town}" }',
    'its input has no town',
    'correct the request or the input',
  ],
  [
    '{ source: weather, path: "/{units}" }',
    'units stands in the path, so the input must require it',
    '',
  ],
  ['{ source: weather, path: "/{city}" }', 'units, lang of its input goes nowhere', ''],
  [
    '{ source: weather, path: /x, query: { a: "${args.cty}" } }',
    'its input has no cty',
    'did you mean "city"?',
  ],
  ['{ source: weather, path: "x?y" }', 'must begin with "/" and have no query', ''],
  [
    '{ source: weather, path: /x, headers: { A: b } }',
    'must be an argument, as in ${args.city}',
    '',
  ],
  ['{ source: weather, path: /x, cmd: ls }', '"cmd" is not a key of tools.forecast.http', ''],
])('%s is refused', async (text, why, fix) => {
  const said = await refusal(http(text));
  expect(said).toContain(why);
  expect(said).toContain(fix);
});

it('a secret cannot stand in the manifest', async () => {
  const said = await refusal(http(good).replace('${file:/run/secrets/weather_token}', 'hunter2'));
  expect(said).toContain('must be ${NAME} or ${file:/run/secrets/name}');
  expect(said).not.toMatch(/MCP.*hunter2/);
});
