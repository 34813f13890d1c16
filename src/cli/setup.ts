import { resolveCommand } from 'package-manager-detector/commands';
import { getUserAgent } from 'package-manager-detector/detect';
import { x } from 'tinyexec';
import { oneLine } from '../diagnostics/visible.js';
import { Cancelled } from './io.js';
import type { Session } from './session.js';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The one asked for, or the one that started this run. */
export function chooseManager({ args }: Session): PackageManager {
  if (args.packageManager) return args.packageManager;
  const agent = getUserAgent();
  return agent === 'pnpm' || agent === 'yarn' || agent === 'bun' ? agent : 'npm';
}

/**
 * Installs the dependencies of the new project; false when that failed, which is told. Nothing that a package brings is
 * run: install scripts are off (the variable is for newer Yarns, which know no such flag).
 */
export async function installDependencies(
  session: Session,
  root: string,
  manager: PackageManager,
): Promise<boolean> {
  const flags = manager === 'yarn' ? [] : ['--ignore-scripts'];
  const command = resolveCommand(manager, 'install', flags);
  if (!command) return false;
  session.progress.phase(`installing with ${manager}`);
  const scriptless = { npm_config_ignore_scripts: 'true', YARN_ENABLE_SCRIPTS: 'false' };
  const problem = await execute(session, root, command.command, command.args, scriptless);
  session.progress.done();
  if (problem === undefined) return true;
  if (session.io.signal.aborted) return false;
  session.io.stderr.write(`${manager} could not install the dependencies: ${problem}\n`);
  return false;
}

/** `git init` and a first commit, without hooks. What goes wrong is told and changes nothing else. */
export async function startRepository(session: Session, root: string): Promise<void> {
  const inside = await execute(session, root, 'git', ['rev-parse', '--is-inside-work-tree'], {});
  if (inside === undefined) {
    session.tell('the folder is in a git repository already: no new one is made');
    return;
  }
  const steps = [
    ['init', '--quiet', '--template='],
    ['add', '--all'],
    ['-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message', 'Generate the MCP server'],
  ];
  for (const step of steps) {
    const problem = await execute(session, root, 'git', step, {});
    if (problem === undefined) continue;
    session.io.stderr.write(`git ${step.find((word) => /^[a-z]+$/.test(word))}: ${problem}\n`);
    return;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Cancelled());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Undefined when it worked; otherwise why not, in a line. */
async function execute(
  { io }: Session,
  cwd: string,
  command: string,
  args: string[],
  extra: Record<string, string>,
): Promise<string | undefined> {
  try {
    const env = { ...io.env, ...extra };
    // Not what the folder has in its node_modules/.bin.
    const run = x(command, args, { signal: io.signal, nodePath: false, nodeOptions: { cwd, env } });
    // The child is told to end; a package manager may take seconds over it, and nobody waits for that.
    const result = await Promise.race([run, aborted(io.signal)]);
    if (result.exitCode === 0) return undefined;
    const lines = `${result.stdout}\n${result.stderr}`.trim().split('\n');
    return oneLine(lines.slice(-3).join(' ')) || `it ended with ${result.exitCode}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? `there is no command ${command}`
      : (code ?? 'it could not be started');
  }
}
