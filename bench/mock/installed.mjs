import { execFile } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE =
  process.env.CREATE_MCP_SERVER_BENCH_CACHE ?? join(homedir(), '.cache', 'create-mcp-server-bench');

/**
 * The folder of programs that others wrote to check servers with, installed by npm on first use, outside the repository:
 * they are heavy, and some want another Node. `packages` are exact (`name@1.2.3`), `root` is the folder of all such folders.
 */
export async function installed(name, packages, { scripts = false, root = CACHE } = {}) {
  const versions = new Set(packages.map((spec) => spec.split('@').at(-1)));
  const folder = join(root, `${name}-${[...versions].join('-')}`);
  const done = join(folder, '.installed');
  if (await exists(done)) return folder;
  process.stderr.write(`installing ${packages.join(' ')} into ${folder}\n`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--save-exact', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!scripts) flags.push('--ignore-scripts');
  await run('npm', ['install', ...flags, ...packages], { cwd: folder });
  await writeFile(done, '');
  return folder;
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
