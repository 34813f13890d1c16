import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, eachInPetsProject, edit, nextPetsYaml } from './support.js';

let dir: string;
let root: string;
eachInPetsProject((made) => ({ dir, root } = made));

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = 'mcp.yaml';
const next = nextPetsYaml;

describe('regenerate --bump', () => {
  it('writes the version into mcp.yaml, package.json and the server', async () => {
    edit(join(root, manifest), (text) =>
      text.replace('version: 1.0.0', 'version: "1.2.3" # of the server'),
    );
    await cli(dir, ['regenerate', 'out']);
    writeFileSync(join(dir, 'new.yaml'), next);
    const { out } = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--bump']);
    expect(out).toContain('\nversion: 1.2.3 → 2.0.0 (major: 3 changes: 2 breaking, 1 safe)\n');
    expect(read(manifest)).toContain('version: 2.0.0 # of the server\n');
    expect(JSON.parse(read('package.json')).version).toBe('2.0.0');
    expect(read('src/generated/server.ts')).toContain("'2.0.0'");
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
    expect((await cli(dir, ['regenerate', 'out', '--bump'])).out).toBe('in step\n');
  });

  it('also over a version that the user gave the package, keeping the rest', async () => {
    edit(join(root, 'package.json'), (text) =>
      text.replace('"version": "1.0.0"', '"version": "7.0.0",\n  "funding": "mine"'),
    );
    writeFileSync(join(dir, 'new.yaml'), next);
    await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--bump']);
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: '2.0.0', funding: 'mine' });
    expect((await cli(dir, ['check', 'out'])).code).toBe(0);
  });

  it('writes it into package-lock.json, and nothing else of that', async () => {
    edit(join(root, 'package-lock.json'), (text) =>
      text.replace('"requires": true', '"requires": true,\n  "mine": "1.0.0"'),
    );
    const before = read('package-lock.json');
    writeFileSync(join(dir, 'new.yaml'), next);
    await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--bump']);
    const lines = before.split('\n');
    const changed = read('package-lock.json')
      .split('\n')
      .flatMap((line, index) => (line === lines[index] ? [] : [`${index}: ${line.trim()}`]));
    expect(changed).toEqual(['2: "version": "2.0.0",', '9: "version": "2.0.0",']);
    expect((await cli(dir, ['check', 'out', '--full'])).code).toBe(0);
  });

  it.each<[string, string | undefined]>([
    ['a lock file with merge marks', '<<<<<<< HEAD\n{}\n'],
    ['a lock file of an old kind', '{ "dependencies": {} }\n'],
    ['no lock file', undefined],
  ])('leaves %s alone', async (_, text) => {
    rmSync(join(root, 'package-lock.json'));
    if (text !== undefined) writeFileSync(join(root, 'package-lock.json'), text);
    writeFileSync(join(dir, 'new.yaml'), next);
    const { code } = await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--bump']);
    expect(code).toBe(0);
    expect(existsSync(join(root, 'package-lock.json'))).toBe(text !== undefined);
    if (text !== undefined) expect(read('package-lock.json')).toBe(text);
  });

  it('adds a version where mcp.yaml has none', async () => {
    edit(join(root, manifest), (text) => text.replace('version: 1.0.0\n', ''));
    writeFileSync(join(dir, 'new.yaml'), next);
    await cli(dir, ['regenerate', 'out', '--source', 'new.yaml', '--bump']);
    expect(read(manifest)).toContain('version: 2.0.0');
    expect(read(manifest)).toContain('# What this server is made of.');
  });
});
