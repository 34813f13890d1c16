import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts a database engine in a process of its own: one that computes cannot be interrupted in any other way than to end
 * it. It has a channel to this process as its fourth file, ends when that ends, and keeps this process from nothing.
 */
export function startEngine(file: URL, args: string[], channel: 'ipc' | 'pipe'): ChildProcess {
  // Sources run as such where the tests of this runtime do.
  const path = fileURLToPath(file).replace(
    /\.js$/,
    import.meta.url.endsWith('.ts') ? '.ts' : '.js',
  );
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path, ...args],
    // Standard output belongs to the protocol of the server.
    { stdio: ['ignore', 'ignore', 'inherit', channel], serialization: 'advanced' },
  );
  child.unref();
  return child;
}
