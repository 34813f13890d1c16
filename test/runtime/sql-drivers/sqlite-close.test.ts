import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder } from '../../support/new-folder.js';
import '../../support/typescript-children.js';

const FILE = new URL(
  '../../../templates/src/runtime/sql/drivers/sqlite/engine-process.ts',
  import.meta.url,
);

/** An engine that is stopped, as one on a busy machine seems to be, and closed by a program that waits for nothing else. */
const program = (path: string): string => `
  import childProcess from 'node:child_process';
  import { syncBuiltinESMExports } from 'node:module';
  const { spawn } = childProcess;
  let child;
  childProcess.spawn = (...words) => (child = spawn(...words));
  syncBuiltinESMExports();
  const { createEngine } = await import('${FILE.href}');
  const engine = createEngine({ path: ${JSON.stringify(path)}, create: true, prepared: 10 });
  await engine.ready;
  child.kill('SIGSTOP');
  await engine.close();
  console.log('closed');`;

it.skipIf(process.platform === 'win32')('an engine that does not end is waited for', () => {
  const path = join(newFolder(), 'data.sqlite');
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program(path)],
    { encoding: 'utf8', timeout: 60_000 },
  );
  expect([status, stdout]).toEqual([0, 'closed\n']);
});
