import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Preloads the module that reports what a process of Node used. */
export const REPORTER = ['--require', fileURLToPath(new URL('report-usage.cjs', import.meta.url))];

/**
 * Runs a program of Node to its end: CPU time (user and system, all threads), wall time and the peak of its resident
 * memory. Throws with what the program said when it fails.
 */
export async function measureNode(argv, { cwd, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));
  const file = join(folder, 'usage.json');
  try {
    const started = performance.now();
    const child = spawn(process.execPath, [...REPORTER, ...argv], {
      cwd,
      env: { ...process.env, ...env, BENCH_USAGE: file },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await once(child, 'close');
    const wallMs = performance.now() - started;
    const [stdout, stderr] = await said;
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}\n${stderr || stdout}`);
    const { cpuMs, peakMb } = JSON.parse(readFileSync(file, 'utf8'));
    return { cpuMs, peakMb, wallMs, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * CPU time of any command and all that it starts, in milliseconds, by the `times` of the POSIX shell. A command that fails
 * is no error: what it says is in `output`.
 */
export function measureCommand(command, argv, { cwd } = {}) {
  const script = '"$@"; status=$?; times >&3; exit $status';
  const { status, stdout, stderr, output } = spawnSync(
    '/bin/sh',
    ['-c', script, 'sh', command, ...argv],
    { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'], maxBuffer: 2 ** 28 },
  );
  // The second line is of the children: "0m1.23s 0m0.45s".
  const [, children = ''] = output[3].trim().split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  const seconds = parts.reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
  return { status, cpuMs: seconds * 1000, output: stdout + stderr };
}

/** The one in the middle; the mean of the two in the middle of an even number. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
