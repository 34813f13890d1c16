import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outputs } from '../../src/cli/output/outputs.js';

const fileOf = (name: string) =>
  fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));

// `UPDATE_SCHEMAS=1 npx vitest run test/cli/schemas.test.ts` writes them.
describe('the published schemas of --json', () => {
  it.each(Object.entries(outputs))('%s is what the command is typed as', (name, output) => {
    const schema = { title: `create-mcp-server ${name} --json`, ...z.toJSONSchema(output) };
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (process.env['UPDATE_SCHEMAS']) writeFileSync(fileOf(name), text);
    expect(readFileSync(fileOf(name), 'utf8')).toBe(text);
  });
});
