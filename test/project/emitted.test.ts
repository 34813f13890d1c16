import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RenderedFile } from '../../src/project/file-spec.js';
import { smallBlueprint } from '../support/blueprint.js';
import { PAYLOADS } from '../support/hostile.js';
import { freePositions, withKeys, withText } from '../support/positions.js';
import { renderBlueprint } from '../support/render.js';

const run = promisify(execFile);
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const tsc = join(modules, 'typescript/bin/tsc');

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'emitted-'));
  await symlink(modules, join(dir, 'node_modules'));
  await write(dir, (await renderBlueprint(smallBlueprint())).values());
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function write(folder: string, files: Iterable<RenderedFile>): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** One project for each text, all with the same runtime. */
async function writeHostile(): Promise<void> {
  const blueprint = smallBlueprint();
  const free = freePositions(blueprint);
  for (const [name, text] of Object.entries(PAYLOADS)) {
    for (const [kind, hostile] of [
      ['text', withText(blueprint, free, text)],
      ['keys', withKeys(blueprint, text)],
    ] as const) {
      const files = [...(await renderBlueprint(hostile)).values()];
      await write(
        join(dir, 'hostile', `${name}-${kind}`),
        files.filter(({ path }) => /^(?:src\/generated|package\.json)/.test(path)),
      );
    }
  }
}

describe('the emitted project', () => {
  it('type-checks, and its own tests pass', { timeout: 120_000 }, async () => {
    await run(process.execPath, [tsc, '--noEmit', 'false', '--outDir', 'build'], { cwd: dir });
    const tests = ['arguments', 'errors', 'protocol', 'requests'];
    const files = tests.map((name) => `build/test/generated/${name}.test.js`);
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', ...files], {
      cwd: dir,
    }).catch((failed: { stdout: string }) => failed);
    expect(stdout.match(/^ *not ok .*$/gm) ?? []).toEqual([]);
    // Five tools with examples, three ways each; two transports in two versions.
    expect(stdout).toMatch(/^# pass 19$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });

  it('G1 type-checks whatever its texts and names are', { timeout: 120_000 }, async () => {
    await writeHostile();
    const runtime = fileURLToPath(new URL('../../templates/src/runtime', import.meta.url));
    const projects = await readdir(join(dir, 'hostile'));
    for (const project of projects)
      await symlink(runtime, join(dir, 'hostile', project, 'src/runtime'));
    const config = {
      extends: '../tsconfig.json',
      compilerOptions: { preserveSymlinks: true },
      include: ['*/src'],
    };
    await writeFile(join(dir, 'hostile/tsconfig.json'), JSON.stringify(config));
    const { stdout } = await run(process.execPath, [tsc, '-p', 'hostile'], { cwd: dir }).catch(
      (failed: { stdout: string }) => failed,
    );
    expect(stdout).toBe('');
    expect(projects.length).toBe(2 * Object.keys(PAYLOADS).length);
  });

  it('builds what its package promises to start', { timeout: 120_000 }, async () => {
    await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: dir });
    const { stdout } = await run(process.execPath, ['dist/main.js', '--version'], { cwd: dir });
    expect(stdout).toBe('1.2.3\n');
  });

  it('G5 can be installed from its lock', { timeout: 120_000 }, async () => {
    const args = ['ci', '--ignore-scripts', '--dry-run', '--offline', '--no-audit', '--no-fund'];
    const { stdout } = await run('npm', args, { cwd: dir });
    expect(stdout).not.toMatch(/out of sync/);
  });
});
