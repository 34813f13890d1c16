import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** Folder → the folders that it may import from. */
const ALLOWED: Record<string, string[]> = {
  cli: ['cli', 'sources', 'project', 'render', 'workspace', 'blueprint', 'diagnostics'],
  sources: ['sources', 'blueprint', 'diagnostics'],
  project: ['project', 'render', 'blueprint', 'diagnostics'],
  render: ['render', 'project', 'blueprint', 'diagnostics'],
  workspace: ['workspace', 'blueprint', 'diagnostics'],
  blueprint: ['blueprint', 'diagnostics'],
  diagnostics: ['diagnostics'],
};

/** Package → where it may be imported. */
const PACKAGES: [RegExp, RegExp][] = [
  [/^(?:yargs|@clack\/prompts|tinyexec|package-manager-detector)/, /^cli\//],
  [/^handlebars/, /^render\/engine\.ts$/],
  [/^prettier/, /^render\//],
  // The list of runtime files is that of the folder that they are copied from.
  [/^node:fs/, /^(?:(?:sources\/read|workspace|cli|render)\/|project\/features\/runtime\.ts$)/],
];

const files = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts');

const imports = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const matches = text.matchAll(/^(?:import|export)\s[^'"]*?from '([^']+)'|import\('([^']+)'\)/gm);
  return [...matches].map((match) => ({ file, target: (match[1] ?? match[2])! }));
});

it('imports point one way', () => {
  const wrong = imports.filter(({ file, target }) => {
    if (!target.startsWith('.')) return false;
    const path = relative(src, join(src, dirname(file), target)).replaceAll('\\', '/');
    return !ALLOWED[file.split('/')[0]!]?.includes(path.split('/')[0]!);
  });
  expect(wrong).toEqual([]);
  expect(imports.length).toBeGreaterThan(100);
});

it('packages stay where they belong', () => {
  const wrong = imports.filter(({ file, target }) =>
    PACKAGES.some(([name, place]) => name.test(target) && !place.test(file)),
  );
  expect(wrong).toEqual([]);
});

it('one place exits', () => {
  const exits = files.filter((file) =>
    readFileSync(join(src, file), 'utf8').includes('process.exit('),
  );
  expect(exits).toEqual(['cli/main.ts']);
});

it('files stay short', () => {
  const long = files.filter(
    (file) => readFileSync(join(src, file), 'utf8').split('\n').length > 401,
  );
  expect(long).toEqual([]);
});
