import { expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { refuseClashes } from '../../src/sources/name-clashes.js';
import { read, refusal } from './support.js';

const reading = (id: string, ...names: string[]) => ({
  source: { id },
  tools: names.map((name) => ({ name })),
});

it('names both sources, each two of them once, and offers prefixes', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const clash = () =>
    refuseClashes(
      [reading('x', ...many), reading('y', 'A', 'own'), reading('z', ...many)],
      'mcp.yaml',
    );
  expect(clash).toThrow(InputError);
  try {
    clash();
  } catch (error) {
    const found = (error as InputError).diagnostics;
    expect(found.map(({ message, fix, origin }) => [message, fix, origin?.path])).toEqual([
      [
        'x and y both have tools named: A',
        'give y names of its own, in mcp.yaml: sources.y.prefix, or sources.y.names: "{source}_{name}"',
        ['sources', 'y'],
      ],
      [
        'x and z both have tools named: a, b, c, d, e and 2 more',
        'give z names of its own, in mcp.yaml: sources.z.prefix, or sources.z.names: "{source}_{name}"',
        ['sources', 'z'],
      ],
    ]);
  }
});

it('names that differ are taken', () => {
  expect(() => refuseClashes([reading('a', 'x'), reading('b', 'y')], 'mcp.yaml')).not.toThrow();
});

const two = (first: string, second: string) => `name: shop
sources:
  old: { openapi: specs/petstore.yaml${first} }
  new: { openapi: specs/petstore.yaml${second} }
`;

it('two versions of one source stand side by side with prefixes, or by a rule', async () => {
  const names = async (text: string) => (await read(text)).tools.map(({ name }) => name);
  const prefixed = await names(two(', prefix: v1', ', prefix: v2'));
  expect(prefixed).toContain('v1_listPets');
  expect(prefixed).toContain('v2_listPets');
  const ruled = await names(two('', ', names: "{name}-{source}"'));
  expect(ruled).toContain('listPets');
  expect(ruled).toContain('listPets-new');
});

it('without them it is an error', async () => {
  expect(await refusal(two('', ''))).toContain(
    'mcp.yaml:4:3  error  MCP708  old and new both have tools named: listPets, addPet, getPet',
  );
  expect(await refusal(two('', `, names: "${'x'.repeat(60)}_{name}"`))).toContain(
    'error  MCP727  the names of sources.new make xxxx',
  );
});

it('a rule names the tools of folders too', async () => {
  const { tools } = await read(`name: docs
sources: { docs: { filesystem: ["\${ROOT}"], names: "{name}_in_{source}" } }
`);
  expect(tools.map(({ name }) => name)).toContain('read_file_in_docs');
});
