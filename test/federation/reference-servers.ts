import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE = fileURLToPath(
  new URL('../../node_modules/.cache/reference-servers', import.meta.url),
);

/** The servers that others compare theirs with. */
const PACKAGES = {
  '@modelcontextprotocol/server-everything': '2026.8.31',
  '@modelcontextprotocol/server-filesystem': '2026.8.31',
  '@modelcontextprotocol/server-memory': '2026.8.31',
};

const run = promisify(execFile);

/** Where the servers are installed, once; undefined, with a message, where they cannot be. */
export async function referenceServers(): Promise<string | undefined> {
  const modules = join(CACHE, 'node_modules');
  const missing = Object.keys(PACKAGES).filter((name) => !existsSync(join(modules, name)));
  if (missing.length === 0) return modules;
  await mkdir(CACHE, { recursive: true });
  const content = { private: true, dependencies: PACKAGES };
  await writeFile(join(CACHE, 'package.json'), JSON.stringify(content));
  const argv = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  try {
    await run('npm', argv, { cwd: CACHE, timeout: 100_000 });
    return modules;
  } catch (error) {
    const [line] = String((error as Error).message).split('\n');
    console.warn(`left out: tests of reference servers, which cannot be installed (${line})`);
    return undefined;
  }
}
