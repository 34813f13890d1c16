import { expect, it } from 'vitest';
import { INPUTS, SOURCES } from './inputs.js';
import { read, refusal } from './support.js';

const resource = (uri: string) => `${SOURCES}resources:\n  mine: { uri: "${uri}", text: hello }\n`;

it('names both, the place and what to do', async () => {
  expect(await refusal(resource('scales://manual'), INPUTS)).toBe(
    [
      'mcp.yaml:7:3  error  MCP729  resources.mine has the URI scales://manual, as something of sources.scales has',
      '  5 |   scales: { mcp: specs/scales.json, connect: [{ url: "${SCALES_URL}" }] }',
      '  6 | resources:',
      '> 7 |   mine: { uri: "scales://manual", text: hello }',
      '    |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      'fix  give the resource another "uri" in mcp.yaml, e.g. resource://mine',
    ].join('\n'),
  );
});

it.each([
  ['db://pantry/schema', 'as something of sources.pantry has'],
  [
    'db://pantry/tables/jar',
    'and sources.pantry has db://pantry/tables/{table}: db://pantry/tables/jar could mean both',
  ],
  [
    'db://{x}/tables/jar',
    'and sources.pantry has db://pantry/tables/{table}: db://pantry/tables/jar could mean both',
  ],
  [
    'db://{base}/schema',
    'and sources.pantry has db://pantry/schema: db://pantry/schema could mean both',
  ],
  [
    'files://notes/a/b.md',
    'and sources.notes has files://notes/{+path}: files://notes/a/b.md could mean both',
  ],
  [
    'files://notes/{+file}',
    'and sources.notes has files://notes/{+path}: files://notes/x could mean both',
  ],
  [
    'scales://jars/7',
    'and sources.scales has scales://jars/{jar}: scales://jars/7 could mean both',
  ],
])('%s', async (uri, wanted) => {
  expect(await refusal(resource(uri), INPUTS)).toContain(
    `error  MCP729  resources.mine has the URI ${uri}, ${wanted}\n`,
  );
});

it.each([
  'files://other/a.md',
  'scales://jars/7/lid',
  'scales://jars/{a}/{b}',
  'db://pantry',
  'scales://manuals',
])('%s is another one', async (uri) => {
  expect((await read(resource(uri), INPUTS)).resources.map((one) => one.uri)).toEqual([uri]);
});

it('two templates that differ in the names of variables alone', async () => {
  const text = `${SOURCES}resources:
  a: { uri: "x://{one}", text: a }
  b: { uri: "x://{two}", text: b }
`;
  expect(await refusal(text, INPUTS)).toContain(
    'MCP724  resources.b has the URI x://{two}, as resources.a has',
  );
});

const two = (a: string, b: string) => `${SOURCES}resources:
  a: { uri: "${a}", text: a }
  b: { uri: "${b}", text: b }
`;

it('two templates that share some URIs, with both names and one of them', async () => {
  const { findings } = await read(two('a://{x}/b', 'a://c/{y}'), INPUTS);
  const [found] = findings.filter(({ code }) => code === 'MCP733');
  expect(found?.message).toBe(
    'resources.b (a://c/{y}) and resources.a (a://{x}/b) share URIs such as a://c/b, which resources.a is read for',
  );
  expect(found?.origin).toEqual({ file: 'mcp.yaml', path: ['resources', 'b'] });
});

it.each([
  ['a://{x}', 'a://{x}/{y}'],
  ['a://c/{y}', 'a://{x}/{y}'],
  ['a://{x}/y', 'a://{+x}'],
  ['a://c/d', 'a://{x}/{y}'],
  ['a://{x}/{y}', 'a://c/d'],
])('%s before %s is no cause for a word', async (a, b) => {
  const { findings } = await read(two(a, b), INPUTS);
  expect(findings.map(({ code }) => code)).not.toContain('MCP733');
});

it('a prompt with the name of another server’s', async () => {
  const text = `${SOURCES}prompts:\n  calibrate: { messages: [{ text: hello }] }\n`;
  const said = await refusal(text, INPUTS);
  expect(said).toContain(
    'mcp.yaml:7:3  error  MCP730  prompts.calibrate has the name of a prompt of sources.scales\n',
  );
  expect(said).toContain('fix  give the prompt another name, or set sources.scales.prefix');
});
