// Preloaded into measured processes (node --require): what each used, at its end into a file of its own in the folder that
// BENCH_USAGE names, and over an IPC channel, where it has one, whenever a message asks.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { isMainThread } = require('node:worker_threads');

function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMb: maxRSS / 1024,
    rssMb: process.memoryUsage.rss() / 1024 / 1024,
  };
}

const folder = process.env.BENCH_USAGE;
if (isMainThread && folder) {
  const file = join(folder, `${process.pid}.json`);
  process.on('exit', () => writeFileSync(file, JSON.stringify(usage())));
}
if (isMainThread && process.send && process.env.BENCH_USAGE_ASKED) {
  process.on('message', (message) => message === 'usage' && process.send(usage()));
  process.channel.unref();
}
