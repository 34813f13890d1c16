import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { atEnd } from './at-end.mjs';
import { installed } from './installed.mjs';

const PRISM = '@stoplight/prism-cli@5.14.2';
const START_MS = 60_000;
const MAX_CRASHES = 10;

/**
 * A mock of a document on loopback: it checks each request against the document and answers with an example. Throws with
 * prism's words when it cannot read the document.
 */
export async function startPrism(document) {
  const folder = await installed('prism', [PRISM]);
  const temporary = await mkdtemp(join(tmpdir(), 'prism-'));
  const file = await unpacked(document, temporary);
  const port = await freePort();
  const argv = [
    join(folder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
    'mock',
    file,
    ...['--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'warn'],
  ];
  let child;
  let stopped = false;
  let exited;
  const log = { text: '', crashes: [] };
  // Some requests end it; the others should get their answer all the same.
  const start = () => {
    log.text = '';
    child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream
        .setEncoding('utf8')
        .on('data', (chunk) => (log.text = (log.text + chunk).slice(-20_000)));
    }
    exited = once(child, 'exit').then(() => {
      if (!stopped && started) {
        log.crashes.push(complaint(log.text));
        if (log.crashes.length < MAX_CRASHES) start();
      }
    });
  };
  const forget = atEnd(() => {
    child?.kill('SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
  });
  let started = false;
  const stop = async () => {
    stopped = true;
    forget();
    child.kill('SIGKILL');
    await exited;
    await rm(temporary, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  start();
  const answers = await answering(url, () => child.exitCode !== null);
  started = true;
  if (!answers) {
    await stop();
    throw new Error(`prism does not serve it: ${complaint(log.text)}`);
  }
  return {
    url,
    stop,
    /** What it said each time that it ended by itself. */
    crashes: log.crashes,
    /** Waits until it answers again; false when it does not any more. */
    alive: () => answering(url, () => log.crashes.length >= MAX_CRASHES),
  };
}

/** True as soon as something answers, whatever it says; false when it cannot any more. */
async function answering(url, isOver) {
  const end = Date.now() + START_MS;
  while (!isOver() && Date.now() < end) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** The first line that sounds like a reason; what it logs of requests is none. */
function complaint(text) {
  const lines = text
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const own = lines.filter((line) => !/\[(HTTP SERVER|VALIDATOR|NEGOTIATOR)\]/.test(line));
  const line = own.find((one) => /error|fatal|✖/i.test(one)) ?? lines.at(-1);
  return line?.slice(0, 200) ?? 'no reason given';
}

async function unpacked(document, folder) {
  if (!document.endsWith('.gz')) return document;
  const file = join(folder, basename(document, '.gz'));
  await writeFile(file, gunzipSync(await readFile(document)));
  return file;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
