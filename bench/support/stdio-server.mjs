import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { REPORTER } from './measured.mjs';
import { modernRequest } from './modern-request.mjs';

/** Starts a server over stdio that can tell at any time what it has used; calls may overlap. */
export async function startStdioServer({ main, root, args = [] }) {
  const child = spawn(process.execPath, [...REPORTER, main, ...args, '--stdio'], {
    cwd: root,
    env: { ...process.env, BENCH_USAGE_ASKED: '1' },
    stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit');
  const waiting = new Map();
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (result && result.isError !== true) resolve?.(result);
    else reject?.(new Error(JSON.stringify(error ?? result).slice(0, 500)));
  });
  return {
    call: (name, args) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        waiting.set(id, { resolve, reject });
        const request = modernRequest(id, 'tools/call', { name, arguments: args });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      }),
    usage: async () => {
      const answer = once(child, 'message');
      child.send('usage');
      return (await answer)[0];
    },
    stop: async () => {
      child.disconnect();
      child.stdin.end();
      await ended;
    },
  };
}
