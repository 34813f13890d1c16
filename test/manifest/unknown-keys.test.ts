import { expect, it } from 'vitest';
import { refusal } from './support.js';

const tool = 'tools: { t: { description: d, input: { type: object },';

it.each([
  [
    'sources: { w: { http: "https://a.example", aut: {} } }',
    '"aut" is not a key of sources.w',
    'auth',
  ],
  [
    'sources: { w: { http: "https://a.example", auth: { type: bearer, tken: "${A}" } } }',
    '2:66  error  MCP702  "tken" is not a key of sources.w.auth',
    'token',
  ],
  [
    `${tool} http: { source: w, pth: /x, path: /x } } }`,
    '"pth" is not a key of tools.t.http',
    'path',
  ],
  [`${tool} steps: [{ cal: x, call: x }] } }`, '"cal" is not a key of tools.t.steps.0', 'call'],
  ['tools: { t: { deprecated: { sucessor: x } } }', '"sucessor" is not a key', 'successor'],
  [
    'tools: { t: { annotations: { readOnly: true, readOnlyHnt: true } } }',
    '"readOnlyHnt"',
    'readOnlyHint',
  ],
  ['resorces: { r: { text: x } }', '"resorces" is not a key of the manifest', 'resources'],
  [
    'resources: { r: { text: x, compleet: {} } }',
    '"compleet" is not a key of resources.r',
    'complete',
  ],
  ['prompts: { p: { messages: [{ text: a, rol: user }] } }', '"rol" is not a key', 'role'],
  ['serve: { transport: [stdio] }', '"transport" is not a key of serve', 'transports'],
])('%s: did you mean', async (text, what, meant) => {
  const head = text.startsWith('sources') ? '' : 'sources: {}\n';
  const said = await refusal(`name: a\n${text}\n${head}`);
  expect(said).toContain(what);
  expect(said).toContain(`did you mean "${meant}"?`);
  expect(said).toMatch(/^mcp\.yaml:2:\d+ {2}error/);
});

it('an unknown kind of credentials is told', async () => {
  const said = await refusal(
    'name: a\nsources: { w: { http: "https://a.example", auth: { type: bearr } } }\n',
  );
  expect(said).toContain('sources.w.auth');
  expect(said).toContain('its type must be bearer, apiKey or basic');
});

it.each([
  ['tools', '2:1', 'tools: { listPets: { hidden: true } }'],
  ['resources', '2:1', 'resources: { guide: { file: docs/guide.md } }'],
  ['hooks', '2:1', 'hooks: src/hooks.ts'],
  ['serve', '2:1', 'serve: { transports: [stdio, http] }'],
  ['title', '2:1', 'title: …'],
])('%s: with nothing or comments alone below it', async (key, place, example) => {
  const sources = 'sources: { w: { http: "https://a.example" } }\n';
  const said = await refusal(`name: a\n${key}:\n  # getPet: { name: pet }\n${sources}`);
  expect(said).toContain(`mcp.yaml:${place}  error  MCP738  ${key} has no value\n`);
  expect(said).toContain(`fix  write what it holds, like ${example}, or remove the key`);
  expect(said).not.toContain('expected');
});

it.each([
  ['tools: { listPets: }', '2:10', 'tools.listPets', 'listPets: { … }'],
  ['tools: { listPets: { name: } }', '2:22', 'tools.listPets.name', 'name: …'],
  ['tools: { listPets: { hidden: } }', '2:22', 'tools.listPets.hidden', 'hidden: true'],
  [`${tool} steps: } }`, '2:56', 'tools.t.steps', 'steps: [ … ]'],
  [`${tool} steps: [{ call: x, with: }] } }`, '2:75', 'tools.t.steps.0.with', 'with: { … }'],
  ['sources: { p: }', '2:12', 'sources.p', 'p: { openapi: specs/petstore.yaml }'],
  ['sources: { p: { openapi: a.yaml, include: } }', '2:34', 'sources.p.include', 'include: [ … ]'],
  ['sources: { p: { sql: a.sql, access: } }', '2:29', 'sources.p.access', 'access: …'],
  ['expose: { resources: [null] }', '2:23', 'expose.resources.0', '- …'],
  ['serve: { auth: }', '2:10', 'serve.auth', 'auth: { … }'],
  ['output: { schemas: }', '2:11', 'output.schemas', 'schemas: off'],
])('%s: with nothing below a key within others', async (text, place, key, example) => {
  const said = await refusal(
    `name: a\n${text}\n${text.startsWith('sources') ? '' : 'sources: {}\n'}`,
  );
  expect(said).toContain(`mcp.yaml:${place}  error  MCP738  ${key} has no value\n`);
  expect(said).toContain(`fix  write what it holds, like ${example}, or remove the key`);
  expect(said).not.toContain('received');
});

it('functions that nothing may call are refused', async () => {
  const functions = 'sources: { d: { sql: specs/a.sql, functions: [price_of] } }';
  expect(await refusal(`name: a\n${functions}\n`)).toContain(
    'mcp.yaml:2:35  error  MCP701  sources.d.functions in the manifest cannot be used: it needs query: true, the tool whose queries may call them',
  );
});
