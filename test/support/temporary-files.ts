import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for all that tests leave for a while; what is still there after the last one fails the run. */
export function setup(): () => void {
  const before = process.env['TMPDIR'];
  // Short: the path of a socket has at most 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'cms-'));
  // As others find it: databases run as users of their own.
  chmodSync(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    const left = readdirSync(folder);
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    const names = left.slice(0, 20).join(', ');
    console.error(`tests left ${left.length} entries in the folder for temporary files: ${names}`);
    process.exitCode = 1;
  };
}
