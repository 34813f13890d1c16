import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outputs } from '../../src/cli/output/outputs.js';
import { cli, jsonOf, petsYaml, temporaryFolder } from './support.js';

const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));

// `UPDATE_SCHEMAS=1 npx vitest run test/cli/schemas.test.ts` writes them.
describe('the published schemas of --json', () => {
  it.each(Object.entries(outputs))('%s is what the command is typed as', (name, output) => {
    const title = name === 'annotation' ? 'check --format github' : `${name} --json`;
    const schema = { title: `create-mcp-server ${title}`, ...z.toJSONSchema(output) };
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (process.env['UPDATE_SCHEMAS']) writeFileSync(fileOf(name), text);
    expect(readFileSync(fileOf(name), 'utf8')).toBe(text);
  });

  it('hold for what scaffold and inspect print', async () => {
    const { dir, remove } = temporaryFolder();
    try {
      writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
      const inspected = await cli(dir, ['inspect', 'openapi.yaml', '--json']);
      expect(jsonOf('inspect', inspected).findings).not.toEqual([]);
      const made = await cli(dir, ['openapi.yaml', 'out', '--json']);
      expect(jsonOf('scaffold', made)).toMatchObject({ ok: true, tools: 2 });
      const again = await cli(dir, ['openapi.yaml', 'out', '--json']);
      expect(jsonOf('failure', again)).toMatchObject({ errors: [{ code: 'MCP508' }] });
    } finally {
      remove();
    }
  });
});
