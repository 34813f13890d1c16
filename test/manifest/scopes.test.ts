import { describe, expect, it } from 'vitest';
import { compareSurfaces } from '../../src/blueprint/compare.js';
import { recordedTools, toolList } from '../../src/blueprint/surface.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { INPUTS } from './inputs.js';
import { read, refusal } from './support.js';

const AUTH = 'auth: { issuer: https://id.example.com, audience: https://mcp.example.com/mcp }';

const manifest = ({ tools = '{}', serve = AUTH, scopes = '' }) => `name: shop
sources:
  petstore: { openapi: specs/petstore.yaml, include: [listPets, getPet, addPet]${scopes} }
tools: ${tools}
serve: { ${serve} }
`;

const scopesOf = async (options: Parameters<typeof manifest>[0]) => {
  const { tools } = await read(manifest(options));
  return Object.fromEntries(tools.map(({ name, scopes }) => [name, scopes?.join(' ') ?? '']));
};

const OWN = `own: { description: Mine, handler: src/handlers/own.ts, input: { type: object } }`;

describe('which scopes a tool asks for', () => {
  it('those of its very name, else of the last pattern', async () => {
    expect(
      await scopesOf({
        tools: `{ "*": { scopes: [any] }, "*Pet": { scopes: [one, pets] }, addPet: { scopes: [write] } }`,
      }),
    ).toEqual({ listPets: 'any', getPet: 'one pets', addPet: 'write' });
  });

  it('none where its name says so', async () => {
    expect(await scopesOf({ tools: `{ "*": { scopes: [any] }, getPet: { scopes: [] } }` })).toEqual(
      { listPets: 'any', getPet: '', addPet: 'any' },
    );
  });

  it('under another name, and patterns for tools written by hand too', async () => {
    const tools = `{ "*": { scopes: [any] }, getPet: { name: pet, scopes: [one] }, ${OWN} }`;
    expect(await scopesOf({ tools })).toEqual({
      listPets: 'any',
      pet: 'one',
      addPet: 'any',
      own: 'any',
    });
    const alone = await read(manifest({ tools: `{ "o*": { scopes: [any] }, ${OWN} }` }));
    expect(alone.findings.map(({ code }) => code)).not.toContain('MCP709');
  });

  it('what a source says of those that read, and of the others', async () => {
    const scopes = ', scopes: { read: [pets:read], write: [pets:write] }';
    expect(await scopesOf({ scopes, tools: '{ getPet: { scopes: [one] } }' })).toEqual({
      listPets: 'pets:read',
      getPet: 'one',
      addPet: 'pets:write',
    });
  });

  it('a tool made of steps asks for its own and for those of all that it calls', async () => {
    const steps = (call: string) =>
      `{ description: Some, input: { type: object, properties: { petId: { type: integer } }, required: [petId] }, steps: [{ call: ${call}, with: { petId: "\${args.petId}" } }]`;
    const tools = `{ getPet: { scopes: [one], hidden: true }, inner: ${steps('getPet')}, scopes: [mine] }, outer: ${steps('inner')} } }`;
    const { tools: all } = await read(manifest({ tools }));
    const of = (name: string) => all.find((tool) => tool.name === name)?.scopes;
    expect([of('inner'), of('outer')]).toEqual([
      ['mine', 'one'],
      ['mine', 'one'],
    ]);
  });
});

describe('what sources have besides tools', () => {
  const offersOf = async (sources: string, tools = '{}') => {
    const text = `name: scoped\nsources: {${sources}}\ntools: ${tools}\nserve: { ${AUTH} }\n`;
    const { auth, findings } = await read(text, INPUTS);
    expect(findings.map(({ code }) => code)).not.toContain('MCP709');
    return auth?.offers;
  };
  const scales = (more: string) =>
    ` scales: { mcp: specs/scales.json, connect: [{ url: "\${SCALES_URL}" }], ${more} } `;

  it('asks for what the source says of reading, without a tool and with one that is open', async () => {
    const scopes = 'scopes: { read: [scales:read], write: [w] }';
    const offers = { sources: { scales: ['scales:read'] } };
    expect(await offersOf(scales(`exclude: [weigh], ${scopes}`))).toEqual(offers);
    expect(await offersOf(scales(scopes), '{ weigh: { scopes: [] } }')).toEqual(offers);
  });

  it('asks for what its tools ask for, hidden ones too', async () => {
    const tools = '{ "notes_*": { scopes: [n] }, weigh: { hidden: true, scopes: [s] } }';
    const notes = ' notes: { filesystem: ["${NOTES_ROOT}"], names: "notes_{name}" },';
    expect(await offersOf(notes + scales('title: Scales'), tools)).toEqual({
      sources: { notes: ['n'], scales: ['s'] },
    });
    const hidden = '{ "*": { scopes: [any], hidden: true } }';
    expect(await offersOf(' pantry: { sql: specs/pantry.sql, dialect: sqlite } ', hidden)).toEqual({
      sources: { pantry: ['any'] },
    });
  });

  it('asks for what a pattern says that would fit every tool of it, and prompts for one of their name', async () => {
    const none = scales('exclude: [weigh], prefix: lab');
    expect(await offersOf(none, '{ "lab_*": { scopes: [lab] } }')).toEqual({
      sources: { scales: ['lab'] },
      prompts: { lab_calibrate: ['lab'] },
    });
    expect(await offersOf(none, '{ "*calibrate": { scopes: [c] } }')).toEqual({
      prompts: { lab_calibrate: ['c'] },
    });
    expect(await offersOf(scales('title: Scales'))).toBeUndefined();
  });
});

describe('the surface', () => {
  const tools = (getPet: string) => `{ getPet: { scopes: [${getPet}] }, addPet: { scopes: [w] } }`;
  const everybody = AUTH.replace(' }', ', scopes: [mcp] }');
  const none = 'transports: [stdio]';
  const surface = async (options: Parameters<typeof manifest>[0]) =>
    recordedTools(await read(manifest(options)));

  it('knows what the token of a caller needs, and tools/list does not', async () => {
    const blueprint = await read(manifest({ tools: tools('b, a'), serve: everybody }));
    expect(recordedTools(blueprint).map(({ name, scopes }) => [name, scopes])).toEqual([
      ['addPet', ['mcp', 'w']],
      ['getPet', ['a', 'b', 'mcp']],
      ['listPets', ['mcp']],
    ]);
    expect(toolList(blueprint).some((tool) => 'scopes' in tool)).toBe(false);
    const files = await renderProject(
      planProject(blueprint, { manifestText: '', specs: [], generatorVersion: '0.0.0' }),
    );
    const list = files.find(({ path }) => path === 'mcp.tools.json')?.text ?? '';
    expect(JSON.parse(list)).toMatchObject({
      tools: [{ scopes: ['mcp', 'w'] }, { scopes: ['a', 'b', 'mcp'] }, { scopes: ['mcp'] }],
    });
    expect((await surface({ serve: none })).some((tool) => 'scopes' in tool)).toBe(false);
  });

  it.each([
    ['a', 'a, b', 'caller-scope-added', 'breaking', 'asks its callers for the scope b besides'],
    ['a, b', '', 'caller-scope-removed', 'risky', 'asks its callers no longer for the scopes a, b'],
  ])('from [%s] to [%s]: %s', async (old, now, code, kind, message) => {
    const [before, after] = [
      await surface({ tools: tools(old) }),
      await surface({ tools: tools(now) }),
    ];
    const changes = compareSurfaces(before, after);
    expect(changes).toMatchObject([
      { tool: 'getPet', pointer: '/scopes', code, class: kind, message },
    ]);
    expect(changes).toHaveLength(1);
  });

  it('one scope in the place of another is both', async () => {
    const [a, b] = [await surface({ tools: tools('a') }), await surface({ tools: tools('b') })];
    expect(compareSurfaces(a, b).map(({ code }) => code)).toEqual([
      'caller-scope-added',
      'caller-scope-removed',
    ]);
  });

  it('tells of every tool when tokens begin or cease to be asked for', async () => {
    const [open, asking] = [await surface({ serve: none }), await surface({})];
    expect(compareSurfaces(open, asking).map(({ tool, code }) => [tool, code])).toEqual([
      ['addPet', 'caller-scope-added'],
      ['getPet', 'caller-scope-added'],
      ['listPets', 'caller-scope-added'],
    ]);
    expect(compareSurfaces(asking, open)[0]).toMatchObject({
      code: 'caller-scope-removed',
      message: 'asks its callers for no token any more',
    });
    const edited = asking.map((tool) => ({ ...tool, scopes: 'mcp' as never }));
    expect(compareSurfaces(edited, asking)).toHaveLength(3);
  });
});

describe('what is refused', () => {
  it('scopes that nobody would ask for', async () => {
    const text = manifest({
      serve: 'transports: [stdio, http]',
      tools: `{ "*Pet": { scopes: [pets] }, listPets: { scopes: [] } }`,
      scopes: ', scopes: { read: [a] }',
    });
    const said = await refusal(text);
    expect(said).toContain(
      `mcp.yaml:4:20  error  MCP740  tools.*Pet.scopes asks for scopes, but over HTTP nobody's token is looked at`,
    );
    expect(said).toContain('fix  say whose tokens are accepted: serve: { auth: {');
    expect(said).toContain('sources.petstore.scopes asks for scopes');
    expect(said).not.toContain('tools.listPets');
  });

  it('but over stdio alone they are only told', async () => {
    const serve = 'transports: [stdio]';
    expect(await scopesOf({ serve, tools: '{ getPet: { scopes: [one] } }' })).toMatchObject({
      getPet: 'one',
    });
    const both = await read(manifest({ serve: `transports: [stdio], ${AUTH}` }));
    expect(both.findings.map(({ code }) => code)).toContain('MCP741');
    expect(both.auth).toBeUndefined();
  });

  const WRONG: [string, string][] = [
    ['auth: { issuer: http://id.example.com, audience: https://a }', 'must be an https address'],
    ['auth: { issuer: https://u:p@id.example.com, audience: https://a }', 'must be an https'],
    ['auth: { issuer: https://id.example.com/?a, audience: https://a }', 'must be an https'],
    ['auth: { issuer: "${ISSUER:-http://id.example.com}", audience: https://a }', 'must be an'],
    ['auth: { issuer: https://id.example.com, audience: api://shop }', 'needs a resource'],
    ['auth: { issuer: https://id.example.com }', 'serve.auth.audience in the manifest'],
    ['auth: { issuer: https://i, audience: https://a, algorithms: [HS256] }', 'algorithms.0'],
    ['auth: { issuer: https://i, audience: https://a, algorithms: [none] }', 'algorithms.0'],
    ['auth: { issuer: https://i, audience: https://a, algorithms: [] }', 'algorithms'],
    ['auth: { issuer: https://i, audience: https://a, scopes: ["a b"] }', 'OAuth scope'],
    [
      'auth: { issuer: https://i, audience: https://a, jwksUrl: https://k }',
      'did you mean "jwksUri"?',
    ],
  ];
  it.each(WRONG)('%s', async (serve, why) => {
    expect(await refusal(manifest({ serve }))).toContain(why);
  });

  it.each(['""', '"a b"', "'a\"b'", "'a\\b'", 'ä', '[a, a]'])('the scope %s', async (scope) => {
    const scopes = scope.startsWith('[') ? scope : `[${scope}]`;
    const said = await refusal(manifest({ tools: `{ getPet: { scopes: ${scopes} } }` }));
    expect(said).toMatch(/must be an OAuth scope|must name each scope once/);
  });
});

const filesOf = async (text: string) => {
  const plan = planProject(await read(text), {
    manifestText: text,
    specs: [],
    generatorVersion: '0.0.0',
  });
  return new Map((await renderProject(plan)).map(({ path, text: content }) => [path, content]));
};

describe('what is emitted', () => {
  const serve =
    'auth: { issuer: "${OIDC_ISSUER}", audience: "${AUDIENCE:-https://mcp.example.com/mcp}", scopes: [mcp], algorithms: [ES256] }';

  it('nothing of it unless mcp.yaml asks for it', async () => {
    const files = await filesOf(manifest({ serve: 'transports: [stdio, http]' }));
    // Its types alone, which what serves over HTTP names.
    expect([...files.keys()].filter((path) => path.includes('/auth'))).toEqual([
      'src/runtime/auth/access.ts',
    ]);
    expect(files.get('src/main.ts')).not.toContain('auth');
    expect(files.get('package.json')).not.toContain('jose');
    for (const path of ['README.md', 'SETTINGS.md', 'TOOLS.md']) {
      expect(files.get(path)).not.toMatch(/OAuth|token that|scopes/);
    }
  });

  it('the settings, the data and the one package', async () => {
    const files = await filesOf(manifest({ serve, tools: '{ getPet: { scopes: [one, pets] } }' }));
    expect(files.get('src/generated/auth.ts')).toContain(`export const auth = bearerAuth({
  issuer: { env: 'OIDC_ISSUER' },
  audience: { env: 'AUDIENCE', value: 'https://mcp.example.com/mcp' },
  algorithms: ['ES256'],
  scopes: ['mcp'],
});`);
    expect(files.get('src/main.ts')).toContain("import { auth } from './generated/auth.js';");
    expect(files.get('src/main.ts')).toContain('await start({ server, backends, tools, auth });');
    expect(files.get('src/generated/tools/get-pet.ts')).toContain("scopes: ['one', 'pets'],");
    expect(JSON.parse(files.get('package.json') ?? '')).toMatchObject({
      dependencies: { jose: '6.2.17' },
    });
    expect(files.get('.env.example')).toContain('OIDC_ISSUER=');
    const { packages } = JSON.parse(files.get('server.json') ?? '') as {
      packages: { environmentVariables: { name: string }[] }[];
    };
    const names = packages.map(({ environmentVariables }) =>
      environmentVariables.map(({ name }) => name).filter((name) => /OIDC|AUDIENCE/.test(name)),
    );
    expect(names).toEqual([
      ['OIDC_ISSUER', 'AUDIENCE'],
      ['OIDC_ISSUER', 'AUDIENCE'],
    ]);
    expect(files.get('TOOLS.md')).toContain('needs `one pets`');
    expect(files.get('README.md')).toContain('SETTINGS.md#access-tokens');
    expect(files.get('SETTINGS.md')).toContain('Authorization: Bearer');
    expect(files.get('SETTINGS.md')).toContain('AUTH_CLOCK_TOLERANCE_SECONDS');
  });
});
