// Writes templates/package-lock.json.hbs anew for the dependencies in templates/package.json.hbs.
// Usage: node bench/update-template-lock.mjs   (asks the registry that npm is configured for)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const templates = new URL('../templates/', import.meta.url);
const NAME = 'name-of-the-project';
const BIN = 'bin-of-the-project';
const VERSION = '0.0.0-version-of-the-project';

const template = readFileSync(new URL('package.json.hbs', templates), 'utf8');
const text = template
  .replace('{{json name}}', JSON.stringify(NAME))
  .replace('{{json bin}}', JSON.stringify(BIN))
  .replace('{{json version}}', JSON.stringify(VERSION))
  .replace('{{json description}}', '""')
  .replace(/^\{\{#if[^]*?\{\{\/if\}\}\n/gm, '');

const dir = mkdtempSync(join(tmpdir(), 'template-lock-'));
try {
  writeFileSync(join(dir, 'package.json'), text);
  execFileSync(
    'npm',
    ['install', '--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved'],
    { cwd: dir, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const lock = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8'));
  for (const entry of Object.values(lock.packages)) delete entry.resolved;
  const shown = JSON.stringify(lock, null, 2)
    .replaceAll(JSON.stringify(NAME), '{{json name}}')
    .replaceAll(JSON.stringify(BIN), '{{json bin}}')
    .replaceAll(JSON.stringify(VERSION), '{{json version}}');
  writeFileSync(new URL('package-lock.json.hbs', templates), `${shown}\n`);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
