import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallBlueprint } from '../support/blueprint.js';
import { renderBlueprint } from '../support/render.js';

const run = promisify(execFile);
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const tsc = join(modules, 'typescript/bin/tsc');

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'emitted-'));
  await symlink(modules, join(dir, 'node_modules'));
  for (const { path, text } of (await renderBlueprint(smallBlueprint())).values()) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
});
afterAll(() => rm(dir, { recursive: true, force: true }));

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
