import { describe, expect, it } from 'vitest';
import { compareWhole } from '../../src/blueprint/compare.js';
import { planProject } from '../../src/project/plan.js';
import { renderProject } from '../../src/render/render-project.js';
import { parseSurface, surfaceOf } from '../../src/cli/surface/surface.js';
import { INPUTS, SOURCES } from './inputs.js';
import { read, refusal } from './support.js';

const AUTH =
  'serve: { auth: { issuer: https://id.example.com, audience: https://mcp.example.com/mcp, scopes: [mcp] } }';

const manifest = ({ guide = '[staff]', greet = '[desk]', serve = AUTH }) => `name: shop
sources:
  petstore: { openapi: specs/petstore.yaml }
tools: { getPet: { scopes: [pets] } }
resources:
  guide: { text: Be kind., scopes: ${guide} }
  pet: { uri: "shop://pets/{petId}", tool: getPet, scopes: [visit] }
prompts:
  greet: { messages: [{ text: Hello. }, { resource: "resource://guide" }], scopes: ${greet} }
  plain: { messages: [{ text: Hello. }] }
${serve}
`;

const blueprintOf = (options: Parameters<typeof manifest>[0] = {}) => read(manifest(options));

async function changes(
  before: Parameters<typeof manifest>[0],
  after: Parameters<typeof manifest>[0],
) {
  const [old, now] = [surfaceOf(await blueprintOf(before)), surfaceOf(await blueprintOf(after))];
  return compareWhole(old, now).map(({ class: kind, tool, message }) => [kind, tool, message]);
}

describe('scopes of resources and prompts of mcp.yaml', () => {
  it('are what the server asks for, besides those of the tools behind', async () => {
    const { auth } = await blueprintOf();
    expect(auth?.offers).toEqual({
      prompts: { greet: ['desk'] },
      resources: { 'resource://guide': ['staff'], 'shop://pets/{petId}': ['visit'] },
    });
    expect(surfaceOf(await blueprintOf()).offers).toMatchObject({
      resources: [
        { uri: 'resource://guide', scopes: ['mcp', 'staff'] },
        { uri: 'shop://pets/{petId}', scopes: ['mcp', 'pets', 'visit'] },
      ],
      prompts: [
        { name: 'greet', scopes: ['desk', 'mcp', 'staff'] },
        { name: 'plain', scopes: ['mcp'] },
      ],
    });
  });

  it('stand in mcp.tools.json, and are read from there', async () => {
    const blueprint = await blueprintOf();
    const plan = planProject(blueprint, { manifestText: '', specs: [], generatorVersion: '0.0.0' });
    const files = await renderProject(plan);
    const text = files.find(({ path }) => path === 'mcp.tools.json')?.text ?? '';
    expect(JSON.parse(text)).toMatchObject({
      resources: [{ uri: 'resource://guide', scopes: ['mcp', 'staff'] }],
      resourceTemplates: [{ scopes: ['mcp', 'pets', 'visit'] }],
      prompts: [{ scopes: ['desk', 'mcp', 'staff'] }, { scopes: ['mcp'] }],
    });
    expect(parseSurface(text, undefined)?.offers).toEqual(surfaceOf(blueprint).offers);
  });

  it('are an error where nobody would ask for them', async () => {
    const said = await refusal(manifest({ serve: 'serve: { transports: [stdio, http] }' }));
    expect(said).toContain('mcp.yaml:6:28  error  MCP740  resources.guide.scopes asks for scopes');
    expect(said).toContain('MCP740  prompts.greet.scopes asks for scopes');
    expect(said).not.toContain('plain');
  });

  it('are absent over stdio alone', async () => {
    const blueprint = await blueprintOf({ serve: 'serve: { transports: [stdio] }' });
    expect(blueprint.auth).toBeUndefined();
    expect(surfaceOf(blueprint).offers.resources[0]).toEqual({
      uri: 'resource://guide',
      name: 'guide',
    });
  });
});

describe('a change of the scopes of resources and prompts', () => {
  it('is breaking where one more is needed, also for the prompt that puts the resource in', async () => {
    expect(await changes({ guide: '[]' }, {})).toEqual([
      ['breaking', 'prompt greet', 'asks its callers for the scope staff besides'],
      ['breaking', 'resource resource://guide', 'asks its callers for the scope staff besides'],
    ]);
  });

  it('is risky where one less is needed', async () => {
    expect(await changes({}, { greet: '[]' })).toEqual([
      ['risky', 'prompt greet', 'asks its callers no longer for the scope desk'],
    ]);
  });

  it('is told of a list that was written before lists had them', async () => {
    const now = surfaceOf(await blueprintOf());
    const bare = ({ scopes: _, ...one }: { scopes?: readonly string[] }) => one as never;
    const offers = {
      resources: now.offers.resources.map(bare),
      prompts: now.offers.prompts.map(bare),
    };
    expect(compareWhole({ ...now, offers }, now)).toEqual([]);
    const open = { tools: now.tools.map(bare), offers };
    expect(
      compareWhole(open, now).filter(({ tool }) => tool === 'resource resource://guide'),
    ).toMatchObject([
      { class: 'breaking', message: 'asks its callers for a token with the scopes mcp, staff' },
    ]);
  });

  it('is told of what sources have besides tools', async () => {
    const of = async (scopes: string, tools: string) => {
      const text = `${SOURCES.replace('["${NOTES_ROOT}"]', `["\${NOTES_ROOT}"], scopes: { read: [${scopes}] }`)}tools: ${tools}\n${AUTH}\n`;
      return surfaceOf(await read(text, INPUTS)).offers;
    };
    const before = await of('', '{}');
    const after = await of('n', '{ weigh: { scopes: [s] } }');
    const told = compareWhole({ tools: [], offers: before }, { tools: [], offers: after });
    expect(told.map(({ class: kind, tool, after: now }) => [kind, tool, now])).toEqual([
      ['breaking', 'prompt calibrate', ['mcp', 's']],
      ['breaking', 'resource files://notes/{+path}', ['mcp', 'n']],
      ['breaking', 'resource scales://jars/{jar}', ['mcp', 's']],
      ['breaking', 'resource scales://manual', ['mcp', 's']],
    ]);
  });
});
