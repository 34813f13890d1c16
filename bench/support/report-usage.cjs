// Preloaded into a measured process (node --require): what it used, at its end into the file that BENCH_USAGE names, and
// over an IPC channel, where it has one, whenever a message asks.
const { writeFileSync } = require('node:fs');

function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    peakMb: maxRSS / 1024,
    rssMb: process.memoryUsage.rss() / 1024 / 1024,
  };
}

const file = process.env.BENCH_USAGE;
if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(usage())));
if (process.send) {
  process.on('message', (message) => message === 'usage' && process.send(usage()));
  process.channel.unref();
}
