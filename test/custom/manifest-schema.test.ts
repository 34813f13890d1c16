import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@cfworker/json-schema';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { manifestSchema } from '../../src/sources/manifest/manifest.js';

const file = fileURLToPath(new URL('../../schemas/mcp.schema.json', import.meta.url));

// `UPDATE_SCHEMAS=1 npx vitest run test/custom/manifest-schema.test.ts` writes it.
it('the published schema of mcp.yaml is what the manifest is checked by', () => {
  const schema = {
    title: 'mcp.yaml of create-mcp-server',
    ...z.toJSONSchema(manifestSchema, { io: 'input' }),
  };
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env['UPDATE_SCHEMAS']) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

it.each([
  ['a renamed tool', { tools: { a: { name: 'b' } } }, true],
  ['an override', { tools: { a: { handler: 'src/handlers/a.ts' } } }, true],
  ['hooks', { hooks: 'src/hooks.ts' }, true],
  ['a handler elsewhere', { tools: { a: { handler: '../a.ts' } } }, false],
  ['a name with blanks', { tools: { a: { name: 'b c' } } }, false],
  ['an unknown key', { tools: { a: { handlers: 'src/a.ts' } } }, false],
])('it answers for %s as an editor would', (_, part, want) => {
  const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
  const manifest = { name: 'x', sources: {}, ...part };
  expect(new Validator(schema, '2020-12').validate(manifest).valid).toBe(want);
});
