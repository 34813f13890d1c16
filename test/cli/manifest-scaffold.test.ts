import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, jsonOf, petsYaml, temporaryFolder } from './support.js';

const MANIFEST = `# a shop
name: from-manifest
sources:
  pets: { openapi: specs/pets.yaml } # stays where it is
  twins:
    openapi: ../elsewhere/pets.yaml
    prefix: second
  again:
    openapi: ../elsewhere/pets.yaml
    prefix: third
tools:
  quote:
    description: A price.
    input: { type: object, properties: { pieces: { type: integer } }, required: [pieces] }
    handler: src/handlers/quote.ts
resources:
  terms: { file: docs/terms.md }
`;

const HANDLER = `import { UserInputError, type OwnHandler } from '../runtime/handler.js';

export const handler: OwnHandler<{ pieces: number }> = async ({ pieces }) => {
  if (pieces > 9) throw new UserInputError('too many');
  return { price: pieces * 2 };
};
`;

let dir: string;
let remove: () => void;
const read = (path: string) => readFileSync(join(dir, path), 'utf8');
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
  for (const folder of ['given/specs', 'given/src/handlers', 'given/docs', 'elsewhere']) {
    mkdirSync(join(dir, folder), { recursive: true });
  }
  writeFileSync(join(dir, 'given/mcp.yaml'), MANIFEST);
  writeFileSync(join(dir, 'given/specs/pets.yaml'), petsYaml);
  writeFileSync(join(dir, 'given/docs/terms.md'), 'No returns.');
  writeFileSync(join(dir, 'elsewhere/pets.yaml'), petsYaml);
  writeFileSync(join(dir, 'given/src/handlers/quote.ts'), HANDLER);
});
afterEach(() => remove());

describe('a manifest as the source', () => {
  it('gives a project with its inputs pinned and its handlers, which is in step', async () => {
    const made = await cli(dir, ['given/mcp.yaml', 'out', '--yes', '--json']);
    expect(made.err).toBe('');
    expect(jsonOf('scaffold', made)).toMatchObject({
      name: 'from-manifest',
      tools: 7,
      repeat: 'npx create-mcp-server given/mcp.yaml out --yes',
    });
    expect(read('out/mcp.yaml')).toBe(
      MANIFEST.replaceAll('../elsewhere/pets.yaml', 'specs/twins.yaml'),
    );
    expect(read('out/specs/pets.yaml')).toBe(petsYaml);
    expect(read('out/specs/twins.yaml')).toBe(petsYaml);
    expect(existsSync(join(dir, 'out/specs/again.yaml'))).toBe(false);
    expect(read('out/src/handlers/quote.ts')).toBe(HANDLER);
    expect(read('out/docs/terms.md')).toBe('No returns.');
    const checked = await cli(dir, ['check', 'out', '--full']);
    expect([checked.code, checked.out]).toEqual([0, expect.any(String)]);
  });

  it('names what the server needs to know of its callers among what has to be set', async () => {
    const auth = 'auth: { issuer: "${ISSUER}", audience: https://mcp.example.com/mcp }';
    const serve = `serve: { transports: [http], ${auth} }`;
    writeFileSync(join(dir, 'given/mcp.yaml'), `${MANIFEST}${serve}\n`);
    const { out } = await cli(dir, ['given/mcp.yaml', 'out']);
    expect(out).toContain('cp .env.example .env  # then set ISSUER in it\n');
  });

  it('takes its name for the folder, or another one', async () => {
    expect((await cli(dir, ['given/mcp.yaml', '--name', 'mine', '--yes'])).code).toBe(0);
    expect(read('mine/mcp.yaml')).toContain('# a shop\nname: mine\n');
  });

  it('is shown by inspect', async () => {
    const { out } = await cli(dir, ['inspect', 'given/mcp.yaml', '--json']);
    const { tools } = JSON.parse(out) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual([
      'listPets',
      'deleteOrder',
      'second_listPets',
      'second_deleteOrder',
      'third_listPets',
      'third_deleteOrder',
      'quote',
    ]);
  });

  it('decides alone: flags that would are refused, and so are two inputs with one place', async () => {
    const flagged = await cli(dir, ['given/mcp.yaml', 'out', '--include', 'tag:pets']);
    expect([flagged.code, flagged.err]).toEqual([2, expect.stringContaining('--include')]);
    const text = MANIFEST.replace(
      '  twins:',
      '  other: { openapi: specs/twins.yaml, prefix: o }\n  twins:',
    );
    writeFileSync(join(dir, 'given/mcp.yaml'), text);
    writeFileSync(join(dir, 'given/specs/twins.yaml'), petsYaml.replace('Tiny', 'Small'));
    const twice = await cli(dir, ['given/mcp.yaml', 'out']);
    expect([twice.code, twice.err]).toEqual([
      2,
      expect.stringContaining('MCP518  specs/twins.yaml would be two different files'),
    ]);
    expect(existsSync(join(dir, 'out'))).toBe(false);
  });

  it('is refused where a file is missing that it gives away', async () => {
    writeFileSync(join(dir, 'given/mcp.yaml'), MANIFEST.replace('terms.md', 'term.md'));
    const { code, err } = await cli(dir, ['given/mcp.yaml', 'out']);
    expect([code, err]).toEqual([2, expect.stringMatching(/MCP102 .*docs\/term\.md/)]);
  });

  it('says where it is wrong', async () => {
    writeFileSync(join(dir, 'given/mcp.yaml'), MANIFEST.replace('prefix: second', 'prefx: second'));
    const { code, err } = await cli(dir, ['given/mcp.yaml', 'out']);
    expect(code).toBe(2);
    expect(err).toContain('given/mcp.yaml:7:5  error  MCP702');
  });

  it('needs no sources, and no "sources:", when its tools are its own', async () => {
    const own = MANIFEST.replace(/sources:[^]*?(?=tools:)/, '').replace(/resources:[^]*/, '');
    expect(own).toMatch(/^# a shop\nname: from-manifest\ntools:\n {2}quote:\n/);
    writeFileSync(join(dir, 'given/mcp.yaml'), own);
    const made = await cli(dir, ['given/mcp.yaml', 'out', '--yes', '--json']);
    expect([made.err, jsonOf('scaffold', made)]).toMatchObject(['', { tools: 1 }]);
    expect(read('out/src/handlers/quote.ts')).toBe(HANDLER);
    const added = await cli(join(dir, 'out'), ['add', 'openapi', '../elsewhere/pets.yaml']);
    expect([added.code, read('out/mcp.yaml')]).toEqual([
      0,
      `${own}sources:\n  pets:\n    openapi: specs/pets.yaml\n`,
    ]);
  });
});
