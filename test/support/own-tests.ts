import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the tests of an emitted project say. */
export type OwnTests = {
  /** Every test with its suite, as they are printed. */
  output: string;
  /** Names of those that fail; how it ended where it failed without any, or ran nothing. */
  failures: string[];
};

/** Runs the tests of a project that was compiled together with them into `build/`. */
export async function runOwnTests(root: string): Promise<OwnTests> {
  // A runner inside of a runner thinks that it is one of its files.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, stderr, code } = await run(
    process.execPath,
    ['build/test/generated/run.js', '--verbose'],
    { cwd: root, env, maxBuffer: 2 ** 26 },
  ).then(
    (ended) => ({ ...ended, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
  const names = stdout.match(/^ *✖ .*$/gm) ?? [];
  const isContent = code === 0 && /^ℹ pass [1-9]/m.test(stdout);
  if (names.length > 0 || isContent) return { output: stdout, failures: [...new Set(names)] };
  return { output: stdout, failures: [`exit code ${code}`, stdout.slice(-2_000), stderr] };
}
