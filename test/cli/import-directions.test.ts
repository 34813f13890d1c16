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

/** Folder of `sources` → those that it may import from; the files beside the folders put them together. */
const SOURCES: Record<string, string[]> = {
  read: ['read'],
  // Names of arguments and patterns are the same wherever a schema comes from.
  schema: ['schema'],
  openapi: ['openapi', 'read', 'schema'],
  sql: ['sql', 'read', 'manifest'],
  composition: ['composition', 'manifest'],
  filesystem: ['filesystem', 'manifest', 'read'],
  upstream: ['upstream', 'manifest', 'read', 'schema'],
  manifest: ['manifest', 'read'],
};

/** Kinds of database; of each other they know nothing. */
const DIALECTS = ['postgres', 'mysql', 'sqlite'];

/** Files are read and written here; a database in a file is opened where its schema is read. */
const FILES = /^(?:(?:sources\/read|workspace|cli)\/|sources\/sql\/(?:postgres|sqlite)\/)/;
/** The generator's own files, and what it remembers between runs. */
const OWN_FILES = /^(?:project\/templates|render\/types\/types-cache)\.ts$/;

/** Package → where it may be imported. */
const PACKAGES: [RegExp, RegExp][] = [
  [/^(?:yargs|@clack\/prompts|tinyexec|package-manager-detector|diff$)/, /^cli\//],
  [/^handlebars/, /^render\/engine\.ts$/],
  [/^(?:prettier|json-schema-to-typescript)/, /^render\//],
  [/^js-yaml/, /^sources\/read\//],
  [/^(?:@apidevtools\/|openapi-types)/, /^sources\/openapi\//],
  [/^recheck/, /^sources\/schema\//],
  [/^(?:pg$|libpg-query|@electric-sql\/)/, /^sources\/sql\/postgres\//],
  [/^mysql2/, /^sources\/sql\/mysql\//],
  [/^@modelcontextprotocol\/client/, /^sources\/upstream\//],
  [/^node-sqlite3-wasm/, /^sources\/sql\/sqlite\//],
  [/^node:fs/, new RegExp(`${FILES.source}|${OWN_FILES.source}`)],
];

const files = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => /\.m?ts$|\.mjs$/.test(name) && name !== 'index.ts');

const imports = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const matches = text.matchAll(/^(?:import|export)\s[^'"]*?from '([^']+)'|import\('([^']+)'\)/gm);
  return [...matches].map((match) => ({ file, target: (match[1] ?? match[2])! }));
});

/** Imports of files, as paths below `src`. */
const local = imports
  .filter(({ target }) => target.startsWith('.'))
  .map(({ file, target }) => ({
    file: file.split('/'),
    target: relative(src, join(src, dirname(file), target))
      .replaceAll('\\', '/')
      .split('/'),
  }));

it('imports point one way', () => {
  const wrong = local.filter(({ file, target }) => !ALLOWED[file[0]!]?.includes(target[0]!));
  expect(wrong).toEqual([]);
  expect(local.length).toBeGreaterThan(100);
});

it('kinds of source do not know each other', () => {
  const folders = readdirSync(join(src, 'sources'), { withFileTypes: true });
  expect(folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(
    Object.keys(SOURCES).sort(),
  );
  const within = local.filter(
    ({ file, target }) =>
      file[0] === 'sources' && file.length > 2 && target[0] === 'sources' && target.length > 2,
  );
  expect(within.filter(({ file, target }) => !SOURCES[file[1]!]!.includes(target[1]!))).toEqual([]);
  expect(within.length).toBeGreaterThan(100);
});

it('dialects of SQL do not know each other', () => {
  const others = local.filter(
    ({ file, target }) =>
      file[1] === 'sql' &&
      target[1] === 'sql' &&
      DIALECTS.includes(file[2]!) &&
      DIALECTS.includes(target[2]!) &&
      file[2] !== target[2],
  );
  expect(others).toEqual([]);
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
