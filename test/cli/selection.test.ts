import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, petsYaml, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
  writeFileSync(join(dir, 'openapi.yaml'), petsYaml);
});
afterEach(() => remove());

describe('a selector that matches nothing', () => {
  it.each<[string, string[], string, string]>([
    ['a tag', ['--include', 'tag:pest'], '--include "tag:pest"', 'did you mean "tag:pets"?'],
    ['an id', ['--exclude', 'delteOrder'], '--exclude "delteOrder"', 'did you mean "deleteOrder"?'],
    [
      'one of two',
      ['--include', 'tag:pets', '--include', 'tag:stroe'],
      '--include "tag:stroe"',
      'did you mean "tag:store"?',
    ],
    ['nothing near', ['--include', '/zzzzzzzz/**'], '--include "/zzzzzzzz/**"', 'fix  '],
  ])('%s: exit 2, nothing written', async (_, flags, named, fix) => {
    for (const argv of [
      ['openapi.yaml', 'out', ...flags],
      ['openapi.yaml', 'out', '--dry-run', ...flags],
      ['inspect', 'openapi.yaml', ...flags],
    ]) {
      const { code, out, err } = await cli(dir, argv);
      expect([code, out]).toEqual([2, '']);
      expect(err.split('\n')[0]).toBe(`error  MCP210  ${named} matches no operation`);
      expect(err).toContain(fix);
    }
    expect(readdirSync(dir)).toEqual(['openapi.yaml']);
  });

  it('is an error in --json', async () => {
    const { code, out } = await cli(dir, [
      'openapi.yaml',
      'out',
      '--json',
      '--include',
      'tag:pest',
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      exitCode: 2,
      errors: [{ code: 'MCP210', severity: 'error', fix: 'did you mean "tag:pets"?' }],
    });
  });
});
