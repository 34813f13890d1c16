import { expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { readBlueprint } from '../../src/sources/read-blueprint.js';

const SQL = 'CREATE TABLE note (id integer PRIMARY KEY, body text NOT NULL);';

function read(claims: string, serve: string) {
  const text = `name: notes
sources: { my-notes: { sql: specs/notes.sql, dialect: mysql, claims: { ${claims} } } }
serve: { ${serve} }
`;
  const known = new Map([['specs/notes.sql', { file: 'specs/notes.sql', text: SQL }]]);
  const load = createLoader({ base: '/nowhere', known });
  return (async () => readBlueprint(parseManifest(text, 'mcp.yaml'), { load }))();
}

const AUTH = 'auth: { issuer: https://id.example.com, audience: https://mcp.example.com/mcp }';

it('a claim of the token is one, with a variable that stands in for it over stdio', async () => {
  const claims =
    'app.user_id: "${token.sub}", app.org: "${token.https://x.example/org}", app.who: "${WHO}"';
  const { sources } = await read(claims, AUTH);
  expect(sources[0]).toMatchObject({
    database: {
      claims: {
        'app.user_id': { token: 'sub', env: 'MY_NOTES_APP_USER_ID' },
        'app.org': { token: 'https://x.example/org', env: 'MY_NOTES_APP_ORG' },
        'app.who': 'WHO',
      },
    },
  });
  const about = 'by which the database decides what is seen';
  expect(sources[0]?.settings.slice(1)).toEqual([
    {
      env: 'MY_NOTES_APP_USER_ID',
      description: `Value of the session setting app.user_id, ${about}; over stdio alone: over HTTP it is sub of the caller's token`,
      secret: false,
      required: false,
    },
    expect.objectContaining({ env: 'MY_NOTES_APP_ORG', required: false }),
    {
      env: 'WHO',
      named: true,
      description: `Value of the session setting app.who, ${about}`,
      secret: false,
      required: true,
    },
  ]);
});

it('is refused where nobody looks at tokens', async () => {
  const claims = 'app.user_id: "${token.sub}", app.who: "${WHO}"';
  const error = await read(claims, 'transports: [stdio, http]').catch((given: unknown) => given);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      'MCP742',
      "sources.my-notes.claims.app.user_id is taken from a token, but over HTTP nobody's token is looked at",
    ],
  ]);
  await expect(read(claims, 'transports: [stdio]')).resolves.toBeDefined();
});

it.each(['ada', '${token.}', '${token.a b}', 'x${token.sub}'])(
  '%s is neither a setting nor a claim',
  async (value) => {
    await expect(read(`app.user_id: "${value}"`, AUTH)).rejects.toBeInstanceOf(InputError);
  },
);
