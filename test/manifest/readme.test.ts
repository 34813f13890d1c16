import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { read } from './support.js';

it('the manifest in the README is one', async () => {
  const text = readFileSync('README.md', 'utf8');
  const [, section = ''] = text.split('### Tools, resources and prompts without code');
  const [, manifest = ''] = /```yaml\n([\s\S]*?)```/.exec(section) ?? [];
  const { tools, resources, prompts, findings } = await read(manifest);
  expect(tools.find(({ name }) => name === 'visit')?.binding).toMatchObject({
    kind: 'steps',
    plan: { deadlineMs: 20_000, result: { object: { pets: { ref: ['steps', 'pets'] } } } },
  });
  expect(tools.find(({ name }) => name === 'forecast')?.binding.kind).toBe('http');
  expect(resources.map(({ uri }) => uri)).toEqual([
    'petstore://petstore_getInventory',
    'resource://guide',
    'shop://pets/{petId}',
  ]);
  expect(prompts.map(({ name }) => name)).toEqual(['advise']);
  expect(findings.filter(({ code }) => code.startsWith('MCP7'))).toEqual([]);
});
