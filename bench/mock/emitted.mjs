import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atEnd } from './at-end.mjs';

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const CLI = join(REPOSITORY, 'bin/create-mcp-server.js');
const TSC = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
const START_MS = 30_000;
const LIMITS = { maxBuffer: 64 * 1024 * 1024, timeout: 300_000 };

/**
 * Scaffolds a project from a document by the command line, links this repository's packages and compiles it. `flags` are
 * further flags of the command. Throws with what the command or tsc says.
 */
export async function emitProject(document, flags = []) {
  const parent = await mkdtemp(join(tmpdir(), 'emitted-'));
  const root = join(parent, 'server');
  const forget = atEnd(() => rmSync(parent, { recursive: true, force: true }));
  const remove = () => {
    forget();
    return rm(parent, { recursive: true, force: true });
  };
  try {
    const argv = [CLI, document, root, '--yes', '--no-install', '--quiet', ...flags];
    await run(process.execPath, argv, LIMITS).catch(told);
    await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
    const build = [TSC, '-p', 'tsconfig.build.json'];
    await run(process.execPath, build, { ...LIMITS, cwd: root }).catch(told);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    root,
    main: join(root, 'dist/main.js'),
    /** A module of the compiled project. */
    load: (path) => import(join(root, 'dist', path)),
    text: (path) => readFile(join(root, path), 'utf8'),
    remove,
  };
}

/** Starts an emitted server on a free port of loopback. Throws with its log when it does not listen in time. */
export async function startEmitted({ main, root }, env = {}) {
  const child = spawn(process.execPath, [main, '--http', '--port', '0'], {
    cwd: root,
    // The address is read from the log.
    env: { PATH: process.env.PATH, ...env, LOG_LEVEL: 'info', LOG_FORMAT: 'text' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const forget = atEnd(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit').finally(forget);
  let log = '';
  const url = await new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      log = (log + chunk).slice(-100_000);
      const [found] = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(log) ?? [];
      if (found) resolve(found);
    });
    exited.then(() => reject(new Error(`the server ended:\n${log}`)));
    setTimeout(() => reject(new Error(`the server does not listen:\n${log}`)), START_MS).unref();
  }).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    url,
    log: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function told(error) {
  const text = `${error.stderr ?? ''}${error.stdout ?? ''}`.trim();
  throw new Error(text === '' ? error.message : text.slice(0, 4_000));
}
