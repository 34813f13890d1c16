import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

// Shells and versions of Node differ in what they make of `**`, so the files are looked for here: yours too.
const folder = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.[cm]?js$/.test(file))
  .sort()
  .map((file) => join(folder, file));

run({ files, concurrency: true })
  .on('test:fail', ({ todo }) => {
    // What is still to do may fail.
    if (todo === undefined || todo === false) process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
