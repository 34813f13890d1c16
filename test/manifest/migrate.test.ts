import { expect, it } from 'vitest';
import { migrateManifest, type Migration } from '../../src/sources/manifest/migrate-manifest.js';
import { refusal } from './support.js';

const text = `# My server.
name: shop # short
manifestVersion: 1
exposed: all
`;

const migrations: Record<number, Migration> = {
  1: (document) => {
    document.setIn(['expose'], document.getIn(['exposed']));
    document.deleteIn(['exposed']);
  },
  2: (document) => document.setIn(['last'], true),
};

it('an older manifest is rewritten step by step; comments and order stay', () => {
  expect(migrateManifest(text, 'mcp.yaml', { to: 3, migrations })).toBe(`# My server.
name: shop # short
manifestVersion: 3
expose: all
last: true
`);
});

it('one that says no version is of the first', () => {
  const plain = 'name: shop\nexposed: all\n';
  expect(migrateManifest(plain, 'mcp.yaml', { to: 2, migrations })).toBe(
    'name: shop\nexpose: all\nmanifestVersion: 2\n',
  );
  expect(migrateManifest(plain, 'mcp.yaml')).toBe(plain);
});

it('one of this version is left alone', () => {
  expect(migrateManifest(text, 'mcp.yaml')).toBe(text);
});

it.each([
  [
    '2',
    'mcp.yaml:2:1  error  MCP728  manifestVersion 2 is not one that this version reads: it reads 1',
    'update create-mcp-server',
  ],
  ['0', 'MCP728  manifestVersion 0', ''],
  ['soon', 'MCP728  manifestVersion soon', ''],
])('manifestVersion %s is refused', async (version, why, fix) => {
  const said = await refusal(`name: shop\nmanifestVersion: ${version}\nsources: {}\n`);
  expect(said).toContain(why);
  expect(said).toContain(fix);
});
