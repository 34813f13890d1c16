import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, edit, jsonOf, temporaryFolder } from '../cli/support.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const pairs = join(repository, '../shared/corpus/openapi/dev/pairs');
const TSC = join(repository, 'node_modules/.bin/tsc');

/** With `REGENERATE_PAIRS=all` every pair is taken, and the tests of the emitted projects run too. */
const IS_ALL = process.env['REGENERATE_PAIRS'] === 'all';
/** Old and new together have at most this many bytes to be in every run. */
const SMALL = 200_000;

type Pair = { name: string; before: string; after: string; notes: string };

function readPairs(): Pair[] {
  if (!existsSync(pairs)) return [];
  return readdirSync(pairs).flatMap((name) => {
    const files = readdirSync(join(pairs, name)).map((file) => join(pairs, name, file));
    const document = (kind: string) => files.find((file) => basename(file).startsWith(kind))!;
    const [before, after] = [document('old'), document('new')];
    const notes = readFileSync(join(pairs, name, 'NOTES.md'), 'utf8');
    const size = statSync(before).size + statSync(after).size;
    return IS_ALL || size <= SMALL ? [{ name, before, after, notes }] : [];
  });
}

let dir: string;
let remove: () => void;
beforeEach(() => ({ dir, remove } = temporaryFolder()));
afterEach(() => remove());

const at = (path: string) => join(dir, 'out', path);
const read = (path: string) => readFileSync(at(path), 'utf8');

/** What a program says when it fails; empty where it does not. */
function complaintOf(program: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: join(dir, 'out'), maxBuffer: 2 ** 26 }, (error, out, err) => {
      resolve(error ? `${out}${err}`.slice(0, 4000) : '');
    });
  });
}

function copyOf(file: string, name: string): string {
  const bytes = readFileSync(file);
  const isPacked = file.endsWith('.gz');
  const path = join(dir, `${name}${/\.(?:json|yaml)/.exec(file)![0]}`);
  writeFileSync(path, isPacked ? gunzipSync(bytes) : bytes);
  return basename(path);
}

/** The edits of somebody who uses their server: everything here must be there afterwards. */
async function editAsUser(tool: string): Promise<Record<string, string>> {
  edit(at('package.json'), (text) => {
    const content = JSON.parse(text);
    content.dependencies['left-pad'] = '1.3.0';
    content.scripts.mine = 'node mine.js';
    return `${JSON.stringify(content, null, 2)}\n`;
  });
  edit(at('README.md'), (text) => `${text}\nWords of mine.\n`);
  mkdirSync(at('src/mine'), { recursive: true });
  writeFileSync(at('src/mine/notes.ts'), 'export const mine = 1;\n');
  edit(at('mcp.yaml'), (text) =>
    text.replace(
      /^version: .*$/m,
      (line) =>
        `${line}\ndescription: My own words # and a comment\ntools:\n` +
        `  ${JSON.stringify(tool)}: { handler: src/handlers/override.ts, description: Mine }\n` +
        '  quote:\n    description: A quote of the day\n    input: { type: object, properties: {} }\n' +
        '    handler: src/handlers/quote.ts\nhooks: src/hooks.ts',
    ),
  );
  const { code, err } = await cli(dir, ['regenerate', 'out', '--quiet']);
  expect([code, err]).toEqual([0, '']);
  const own = ['src/handlers/override.ts', 'src/handlers/quote.ts', 'src/hooks.ts'];
  for (const path of own) edit(at(path), (text) => `// Mine.\n${text}`);
  const kept = ['README.md', 'src/mine/notes.ts', 'mcp.yaml', ...own];
  return Object.fromEntries(kept.map((path) => [path, read(path)]));
}

/** A tool to override: one that both versions have, or where all names changed one that goes. */
async function toolToOverride(before: string, after: string) {
  const names = async (source: string) => {
    const { out } = await cli(dir, ['inspect', source, '--json']);
    return (JSON.parse(out).tools as { name: string }[]).map(({ name }) => name);
  };
  const later = new Set(await names(after));
  const earlier = await names(before);
  const tool = earlier.find((name) => later.has(name));
  return { tool: tool ?? earlier[0]!, stays: tool !== undefined };
}

const found = readPairs();
describe('taking a new version of a real document', () => {
  it.skipIf(existsSync(pairs))(`needs the documents of ${pairs}`, () => undefined);

  it.each(found)(
    '$name: nothing of the user’s is lost, and the project works',
    async (pair) => {
      const before = copyOf(pair.before, 'api');
      const after = copyOf(pair.after, 'new');
      const { tool, stays } = await toolToOverride(before, after);
      expect((await cli(dir, [before, 'out', '--quiet'])).code).toBe(0);
      const mine = await editAsUser(tool);

      const taken = await cli(dir, ['regenerate', 'out', '--source', after, '--json']);
      expect([taken.code, taken.err]).toEqual([0, '']);
      const { changes, files, findings } = jsonOf('regenerate', taken);
      // Who overrides a tool that is gone is told.
      const told = findings.filter(({ code }: { code: string }) => code === 'MCP703');
      expect(told).toHaveLength(stays ? 0 : 1);
      const [, added, removed] = /operations \d+ → \d+: (\d+) added, (\d+) removed/.exec(
        pair.notes,
      )!;
      const count = (code: string) =>
        changes.filter((change: { code: string }) => change.code === code).length;
      // An operation that moved is no new one: it is the same tool at another path.
      const moved = count('operation-moved');
      expect([count('tool-added') + moved, count('tool-removed') + moved]).toEqual([
        Number(added),
        Number(removed),
      ]);
      expect(files.filter(({ action }: { action: string }) => action === 'conflict')).toEqual([]);

      for (const [path, text] of Object.entries(mine)) expect(read(path), path).toBe(text);
      expect(JSON.parse(read('package.json'))).toMatchObject({
        dependencies: { 'left-pad': '1.3.0' },
        scripts: { mine: 'node mine.js' },
      });
      for (const flags of [[], ['--full']]) {
        const { code, out } = await cli(dir, ['check', 'out', ...flags]);
        expect([code, out.includes('MCP703')]).toEqual([0, !stays]);
        expect(out).toMatch(/(?:^|\n)in step\n$/);
      }
      symlinkSync(join(repository, 'node_modules'), at('node_modules'));
      expect(await complaintOf(TSC, IS_ALL ? ['--noEmit', 'false', '--outDir', 'build'] : [])).toBe(
        '',
      );
      if (IS_ALL)
        expect(await complaintOf(process.execPath, ['build/test/generated/run.js'])).toBe('');
    },
    900_000,
  );
});
