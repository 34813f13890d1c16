import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { REPORTER } from './measured.mjs';
import { modernHeaders, modernRequest } from './modern-request.mjs';

/**
 * Starts a server over stdio, asks for its tools at once, and ends it when they have come: CPU time and wall time of the
 * whole, resident memory at the end, and how many bytes and tools the list has.
 */
export async function measureColdStart({ main, root }) {
  const usage = mkdtempSync(join(tmpdir(), 'usage-'));
  try {
    const started = performance.now();
    const child = spawn(process.execPath, [...REPORTER, main], {
      cwd: root,
      env: { ...process.env, BENCH_USAGE: usage },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const ended = once(child, 'exit');
    child.stdin.write(`${JSON.stringify(modernRequest(1, 'tools/list'))}\n`);
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      ended.then(() => Promise.reject(new Error('the server ended without an answer'))),
    ]);
    const wallMs = performance.now() - started;
    child.stdin.end();
    await ended;
    const { tools } = JSON.parse(line).result;
    const { cpuMs, rssMb } = JSON.parse(readFileSync(join(usage, `${child.pid}.json`), 'utf8'));
    return { cpuMs, rssMb, wallMs, bytes: Buffer.byteLength(line), tools: tools.length };
  } finally {
    rmSync(usage, { recursive: true, force: true });
  }
}

/** Starts a server over HTTP on a free port of loopback, and can tell at any time what it has used. */
export async function startMeasuredServer({ main, root, args = [] }) {
  const child = spawn(process.execPath, [...REPORTER, main, ...args, '--http', '--port', '0'], {
    cwd: root,
    env: { ...process.env, BENCH_USAGE_ASKED: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  let log = '';
  const url = await new Promise((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      log += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(log)?.[0];
      if (found) resolve(found);
    });
    ended.then(() => reject(new Error(`the server ended:\n${log}`)));
  });
  return {
    call: (name, args) => call(url, name, args),
    usage: async () => {
      const answer = once(child, 'message');
      child.send('usage');
      return (await answer)[0];
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** One tools/call by a client of 2026-07-28. Throws when it does not succeed. */
async function call(url, name, args) {
  const request = modernRequest(1, 'tools/call', { name, arguments: args });
  const response = await fetch(url, {
    method: 'POST',
    headers: modernHeaders(request),
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (response.status !== 200 || !text.includes('One of many'))
    throw new Error(`${name} answered ${response.status} ${text.slice(0, 500)}`);
}
