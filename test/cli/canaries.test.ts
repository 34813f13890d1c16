import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cli, petsYaml, temporaryFolder } from './support.js';

let dir: string;
let remove: () => void;
beforeEach(() => {
  ({ dir, remove } = temporaryFolder());
});
afterEach(() => remove());

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
  chmodSync(join(dir, path), mode);
}

const sung = () => existsSync(join(dir, 'canary'));

const sing = () => `require('node:fs').writeFileSync(${JSON.stringify(join(dir, 'canary'))}, '');`;
const singModule = () => `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
${sing()}
export default {};
`;
const singShell = () => `#!/bin/sh\n: > '${join(dir, 'canary')}'\n`;

const author = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** Files of the folder, without what a run keeps for itself and what was there before. */
function filesOf(folder: string, except: ReadonlySet<string>): [string, string][] {
  return readdirSync(join(dir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !except.has(path.slice(join(dir, folder).length + 1)))
    .map((path): [string, string] => [
      path.slice(join(dir, folder).length + 1),
      readFileSync(path, 'utf8'),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

it('G11 nothing that lies in the target folder is run, and nothing there changes what is written', async () => {
  const canaries: Record<string, [text: string, mode?: number]> = {
    'prettier.config.mjs': [singModule()],
    '.prettierrc.cjs': [sing()],
    '.prettierrc.json': ['{"semi":false,"tabWidth":8,"plugins":["./plugin.cjs"]}'],
    'plugin.cjs': [sing()],
    '.editorconfig': ['root = true\n[*]\nindent_style = tab\nend_of_line = crlf\n'],
    'handlebars.config.js': [sing()],
    'node_modules/prettier/index.cjs': [sing()],
    'node_modules/prettier/package.json': ['{"name":"prettier","main":"index.cjs"}'],
    'node_modules/handlebars/index.js': [sing()],
    'node_modules/.bin/npm': [singShell(), 0o755],
    'node_modules/.bin/git': [singShell(), 0o755],
    git: [singShell(), 0o755],
    npm: [singShell(), 0o755],
  };
  for (const [name, [text, mode]] of Object.entries(canaries)) write(`out/${name}`, text, mode);
  write('pets.yaml', petsYaml);

  const scaffold = ['pets.yaml', '--name', 'pets', '--yes', '--force'];
  expect((await cli(dir, [...scaffold, 'plain'])).code).toBe(0);
  expect((await cli(dir, [...scaffold, 'out', '--git'], { env: author })).code).toBe(0);
  for (const verb of ['regenerate', 'check', 'diff', 'check --against HEAD']) {
    const { code } = await cli(join(dir, 'out'), verb.split(' '), { env: author });
    expect([verb, code]).toEqual([verb, 0]);
  }
  expect(sung()).toBe(false);
  const given = new Set(Object.keys(canaries));
  const made = filesOf('out', given).filter(([path]) => !path.startsWith('.git/'));
  expect(made).toEqual(filesOf('plain', new Set()));
});

it('G11 a new repository begins without the hooks and templates of anyone', async () => {
  write('pets.yaml', petsYaml);
  for (const hook of ['pre-commit', 'commit-msg', 'post-commit', 'prepare-commit-msg']) {
    write(`hooks/${hook}`, singShell(), 0o755);
    write(`template/hooks/${hook}`, singShell(), 0o755);
  }
  write(
    'gitconfig',
    `[user]\nname = Ada\nemail = ada@example.com\n[core]\nhooksPath = ${join(dir, 'hooks')}\n[init]\ntemplateDir = ${join(dir, 'template')}\n`,
  );
  const env = { GIT_CONFIG_GLOBAL: join(dir, 'gitconfig'), GIT_CONFIG_NOSYSTEM: '1' };
  const { code, err } = await cli(dir, ['pets.yaml', 'out', '--yes', '--git'], { env });
  expect([code, err]).toEqual([0, expect.not.stringContaining('git ')]);
  expect(existsSync(join(dir, 'out/.git/hooks'))).toBe(false);
  expect(readFileSync(join(dir, 'out/.git/COMMIT_EDITMSG'), 'utf8')).toContain('Generate');
  expect(sung()).toBe(false);
});

it('G11 packages are installed without their scripts', async () => {
  write('pets.yaml', petsYaml);
  write(
    'bin/npm',
    `#!/bin/sh\necho "$@" "$npm_config_ignore_scripts" > '${join(dir, 'npm-called')}'\n`,
    0o755,
  );
  const env = { PATH: `${join(dir, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` };
  const argv = ['pets.yaml', 'out', '--yes', '--install', '--package-manager', 'npm'];
  expect((await cli(dir, argv, { env })).code).toBe(0);
  const called = readFileSync(join(dir, 'npm-called'), 'utf8');
  expect(called).toBe('i --ignore-scripts true\n');
});
