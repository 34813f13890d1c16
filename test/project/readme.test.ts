import { expect, it } from 'vitest';
import type { Blueprint } from '../../src/blueprint/types.js';
import { smallBlueprint } from '../support/blueprint.js';
import { renderBlueprint, textOf } from '../support/render.js';

const document = { file: 'specs/api.yaml', path: [] };
const api = { ...smallBlueprint().sources[0]!, origin: document };

async function readme(blueprint: Blueprint): Promise<string> {
  return textOf(await renderBlueprint(blueprint), 'README.md');
}

it('of one document, says how a new version of it is taken in', async () => {
  const text = await readme({ ...smallBlueprint(), sources: [api] });
  expect(text).toContain('npm run generate -- --source <file or address> ');
  expect(text).not.toContain('<id>=');
  expect(text).not.toContain('absolute ones');
});

it('of several, says that the source is named', async () => {
  const text = await readme({ ...smallBlueprint(), sources: [api, { ...api, id: 'second' }] });
  expect(text).toContain('`--source <id>=<file or address>` takes a new version of an input in');
  expect(text).not.toContain('--source <file or address>');
});

it('of none, does not speak of --source', async () => {
  const origin = { file: 'mcp.yaml', path: ['sources', 'api'] };
  const text = await readme({ ...smallBlueprint(), sources: [{ ...api, origin }] });
  expect(text).toContain('npm run generate   ');
  expect(text).not.toContain('--source');
});
