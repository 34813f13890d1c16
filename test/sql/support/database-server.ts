import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real database server of the test's own, on the loopback address. */
export type DatabaseServer = {
  host: string;
  port: number;
  user: string;
  /** Has characters that must be encoded in an address. */
  password: string;
  pid: number;
  /** Address with user and password; of `database`, or of the one that is always there. */
  url: (database?: string) => string;
  log: () => string;
  /** Ends the server and keeps its data. */
  halt: () => Promise<void>;
  /** Starts it again on the same port. */
  resume: () => Promise<void>;
  /** Ends the server, with force after ten seconds, and removes its data. Twice does no harm. */
  stop: () => Promise<void>;
};

export const PASSWORD = 'p@ss/w:rd %41';

const SETPRIV = '/usr/bin/setpriv';
const START_MS = 60_000;
const STOP_MS = 10_000;

export type Account = { uid: number; gid: number };

/** The account that a server runs as: neither PostgreSQL nor MariaDB runs as root. Undefined when we are not root. */
export function serverAccount(name: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (flag: string): number => Number(spawnSync('id', [flag, name]).stdout.toString());
  return { uid: number('-u'), gid: number('-g') };
}

export async function makeDataFolder(
  prefix: string,
  account: Account | undefined,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  if (account) await chown(folder, account.uid, account.gid);
  return folder;
}

/** Runs a program that ends by itself. Throws with its output when it fails. */
export function runOnce(
  program: string,
  args: string[],
  account: Account | undefined,
  cwd: string,
): void {
  const result = spawnSync(program, args, { ...account, cwd, timeout: START_MS, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${program}: ${result.stderr}${result.stdout}`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export type RunningServer = Pick<DatabaseServer, 'pid' | 'log' | 'halt' | 'resume' | 'stop'>;

/**
 * Starts a server that stays, and waits until `ready` resolves. The server ends with this process even where that is killed
 * (Linux). `endSignal` is the one for an orderly but quick end; `folder` is removed afterwards.
 */
export async function startServer(options: {
  program: string;
  args: string[];
  account: Account | undefined;
  folder: string;
  endSignal: NodeJS.Signals;
  ready: () => Promise<void>;
}): Promise<RunningServer> {
  const { program, args, account, folder, endSignal, ready } = options;
  const bound = existsSync(SETPRIV);
  const identity = account
    ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups']
    : [];
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-100_000);
  };
  const launch = (): ChildProcess => {
    const launched = bound
      ? spawn(SETPRIV, ['--pdeathsig', endSignal.slice(3), ...identity, program, ...args], {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
        })
      : spawn(program, args, { ...account, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    launched.stdout.on('data', keep);
    launched.stderr.on('data', keep);
    return launched;
  };
  let child = launch();
  const running = (): boolean => child.exitCode === null && child.signalCode === null;

  const halt = async (): Promise<void> => {
    if (!running()) return;
    const ended = once(child, 'exit');
    child.kill(endSignal);
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(force);
  };
  const stop = async (): Promise<void> => {
    await halt();
    await rm(folder, { recursive: true, force: true });
  };
  const becomeReady = async (): Promise<void> => {
    const deadline = Date.now() + START_MS;
    for (;;) {
      try {
        return await ready();
      } catch (error) {
        if (running() && Date.now() < deadline) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          continue;
        }
        await stop();
        throw new Error(`${program} did not start: ${String(error)}\n${log}`);
      }
    }
  };
  const resume = async (): Promise<void> => {
    child = launch();
    await becomeReady();
  };

  await becomeReady();
  return { pid: child.pid ?? 0, log: () => log, halt, resume, stop };
}
