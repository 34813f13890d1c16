// Writes templates/package-lock.json anew: the versions of everything that any emitted project depends on.
// Usage: node bench/update-template-lock.mjs [name@version …]   (asks the registry that npm is configured for)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Versions of what dependencies bring along, where the newest is not the best. From 4.6.0 on, zod keeps what it refuses alive
 * until the next full collection, and the SDK asks it four times per message whether it is of another kind: a call that lists
 * 20 rows takes a sixth less processor time with the version before.
 */
const OVERRIDES = { zod: '4.5.4' };

const file = new URL('../templates/package-lock.json', import.meta.url);
const { dependencies } = JSON.parse(readFileSync(file, 'utf8')).packages[''];
for (const wanted of process.argv.slice(2)) {
  const at = wanted.lastIndexOf('@');
  dependencies[wanted.slice(0, at)] = wanted.slice(at + 1);
}
const sorted = Object.fromEntries(
  Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)),
);

const dir = mkdtempSync(join(tmpdir(), 'template-lock-'));
try {
  const facts = { name: 'all', version: '0.0.0', private: true };
  const root = { ...facts, dependencies: sorted, overrides: OVERRIDES };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(root));
  execFileSync(
    'npm',
    ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'],
    { cwd: dir, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const lock = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8'));
  for (const entry of Object.values(lock.packages)) delete entry.resolved;
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
