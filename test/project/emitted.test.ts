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

/** What `npm test` prints in the project, and how it ends. */
function npmTest(): Promise<{ code: number; stdout: string }> {
  return run('npm', ['test'], { cwd: dir }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
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
    const { code, stdout } = await npmTest();
    expect(stdout.match(/^ *✖ .*$/gm) ?? []).toEqual([]);
    // Five tools with examples, three ways each; two transports in two versions.
    expect(stdout).toMatch(/^ℹ pass 19$/m);
    expect(stdout).toMatch(/^ℹ fail 0$/m);
    expect(code).toBe(0);
    // A line for each suite, and nothing of the errors that the tests provoke.
    expect(stdout.match(/^ *✔ .*(?= \()/gm)).toEqual([
      '✔ bad arguments are refused before the tool does anything',
      '✔ an error response becomes a tool error',
      '✔ the protocol over stdio',
      '✔ the protocol over http',
      '✔ a call with valid arguments makes the request that the tool describes',
    ]);
    expect(stdout).not.toMatch(/WARN|ERROR/);
  });

  it('runs tests of the user in every folder, and none that are gone', async () => {
    const fails = (name: string) =>
      `import { it } from 'node:test';\nit('${name}', () => { throw new Error(); });\n`;
    const files = {
      // This is told, since it is the user's.
      'test/mine.test.ts': `${fails('mine')}console.error('said by mine');\n`,
      'test/generated/logs.test.ts': `${fails('logs')}console.error('said before');\n`,
      'test/a/b/deep.test.ts': fails('deep'),
      'build/test/generated/gone.test.js': fails('gone'),
    };
    await write(
      dir,
      Object.entries(files).map(([path, text]) => ({ path, text, owner: 'user' })),
    );
    const { code, stdout } = await npmTest();
    await Promise.all(Object.keys(files).map((file) => rm(join(dir, file), { force: true })));
    expect(stdout).toMatch(/^✖ mine /m);
    expect(stdout).toMatch(/^✖ deep /m);
    expect(stdout).toMatch(/^said by mine$/m);
    expect(stdout).toMatch(/^said before$/m);
    expect(stdout).not.toMatch(/^✖ gone /m);
    expect(stdout).toMatch(/^ℹ pass 19$/m);
    expect(stdout).toMatch(/^ℹ fail 3$/m);
    expect(code).toBe(1);
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
