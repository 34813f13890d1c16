import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const REPORTER_FILE = fileURLToPath(new URL('report-usage.cjs', import.meta.url));
/** Runs what follows and prints on descriptor 3 what it and all that it started have used. */
const TIMED = '"$@"; status=$?; times >&3; exit $status';

/** Preloads the module that reports what a process of Node used. */
export const REPORTER = ['--require', REPORTER_FILE];

/**
 * Runs a program of Node to its end: CPU time (user and system, of all threads and of all processes that it started), wall
 * time, and the peak of the resident memory of the largest of its processes. Throws with what the program said when it
 * fails, and when it is not done after `timeoutMs`.
 */
export async function measureNode(argv, { cwd, env = {}, timeoutMs = 600_000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));
  const options = `${process.env.NODE_OPTIONS ?? ''} --require ${REPORTER_FILE}`.trim();
  try {
    const started = performance.now();
    const child = spawn('/bin/sh', ['-c', TIMED, 'sh', process.execPath, ...argv], {
      cwd,
      env: { ...process.env, ...env, NODE_OPTIONS: options, BENCH_USAGE: folder },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      // A group of its own, which can be ended as a whole.
      detached: true,
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      process.kill(-child.pid, 'SIGKILL');
    }, timeoutMs);
    const said = Promise.all(child.stdio.slice(1).map((stream) => text(stream)));
    const [code, signal] = await once(child, 'close');
    clearTimeout(timer);
    const wallMs = performance.now() - started;
    const [stdout, stderr, times] = await said;
    if (isLate) throw new Error(`not done after ${Math.round(timeoutMs / 1000)} s`);
    if (code !== 0) {
      throw new Error(`${argv.join(' ')} ended with ${code ?? signal}\n${stderr || stdout}`);
    }
    return { cpuMs: cpuOfChildren(times), peakMb: peakOf(folder), wallMs, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * CPU time of any command and all that it starts, in milliseconds, by the `times` of the POSIX shell. A command that fails
 * is no error: what it says is in `output`.
 */
export function measureCommand(command, argv, { cwd } = {}) {
  const { status, stdout, stderr, output } = spawnSync(
    '/bin/sh',
    ['-c', TIMED, 'sh', command, ...argv],
    { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'], maxBuffer: 2 ** 28 },
  );
  return { status, cpuMs: cpuOfChildren(output[3]), output: stdout + stderr };
}

/** Of what `times` prints the second line is of the children: "0m1.23s 0m0.45s". */
function cpuOfChildren(times) {
  const [, children = ''] = times.trim().split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, m, s]) => sum + Number(m) * 60_000 + Number(s) * 1000, 0);
}

function peakOf(folder) {
  const reports = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return Math.max(...reports.map((report) => JSON.parse(report).peakMb));
}

/** The one in the middle; the mean of the two in the middle of an even number. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
