import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { brief } from './support/brief.js';

// Shells and versions of Node differ in what they make of `**`, so the files are looked for here: yours too.
const folder = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.[cm]?js$/.test(file))
  .sort()
  .map((file) => join(folder, file));

const events = run({ files, concurrency: true }).on('test:fail', ({ todo }) => {
  // What is still to do may fail.
  if (todo === undefined || todo === false) process.exitCode = 1;
});
// `npm test -- --verbose` tells of every test, and what they log.
const told = process.argv.includes('--verbose') ? events : brief(events, join(folder, 'generated'));
Readable.from(told).compose(new spec()).pipe(process.stdout);
