import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installed } from '../mock/installed.mjs';
import { measureNode } from './measured.mjs';

const FAST = 'openapi-mcp-generator@4.0.1';
/** The newest that run on Node 20. */
const ORVAL = 'orval@7.13.2';
const KUBB = [
  'cli',
  'core',
  'plugin-oas',
  'plugin-ts',
  'plugin-zod',
  'plugin-client',
  'plugin-mcp',
];
const KUBB_VERSION = '4.39.2';

/** What is installed and how the command line for a document and a folder of output is made, by name. */
const PEERS = {
  [FAST]: {
    packages: [FAST],
    command: (program, document, output) => {
      return [program, '--input', document, '--output', output, '--force'];
    },
  },
  [ORVAL]: {
    packages: [ORVAL],
    command: (program, document, output) => {
      const settings = { client: 'mcp', mode: 'single', target: join(output, 'src/handlers.ts') };
      const config = { api: { input: { target: document }, output: settings } };
      const file = write(`${output}.orval.cjs`, `module.exports = ${JSON.stringify(config)};\n`);
      return [program, '--config', file];
    },
  },
  [`@kubb/plugin-mcp@${KUBB_VERSION}`]: {
    packages: KUBB.map((name) => `@kubb/${name}@${KUBB_VERSION}`),
    bin: '@kubb/cli',
    command: (program, document, output, modules) => {
      const file = write(`${output}.kubb.mjs`, kubbConfig(modules, document, output));
      return [program, 'generate', '--config', file];
    },
  },
};

/**
 * The generators that speed is compared with, by name and version, installed by npm into a folder each below `root` on first
 * use: functions that take a document and a folder that is not there yet, and run it. They throw as `measureNode` does.
 */
export async function installPeers(root, { only = '' } = {}) {
  const ready = {};
  for (const [name, { packages, bin, command }] of Object.entries(PEERS)) {
    if (!name.includes(only)) continue;
    const modules = join(await installed(slug(name), packages, { root }), 'node_modules');
    const program = programOf(modules, bin ?? name.replace(/@[^@]+$/, ''));
    ready[name] = (document, output, options) => {
      const cwd = dirname(output);
      mkdirSync(cwd, { recursive: true });
      // Some write beside their folder of output, into the one that they are started in.
      return measureNode(command(program, document, output, modules), { ...options, cwd });
    };
  }
  return ready;
}

/** Whether it is the one that neither formats nor types, whose speed is what to reach. */
export function isFast(name) {
  return name === FAST;
}

function slug(name) {
  return name
    .replace(/@[^@]+$/, '')
    .replaceAll(/\W+/g, '-')
    .replace(/^-/, '');
}

function programOf(modules, name) {
  const { bin } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
  return join(modules, name, typeof bin === 'string' ? bin : Object.values(bin)[0]);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** The plugins by path: the configuration lies where no packages are. */
function kubbConfig(modules, document, output) {
  const plugin = (name) => `${name}({ output: { path: './${name.toLowerCase()}' } })`;
  const from = (name, folder) => {
    return `import { ${name} } from ${JSON.stringify(join(modules, folder, entryOf(modules, folder)))};\n`;
  };
  return [
    from('pluginOas', '@kubb/plugin-oas'),
    from('pluginTs', '@kubb/plugin-ts'),
    from('pluginZod', '@kubb/plugin-zod'),
    from('pluginClient', '@kubb/plugin-client'),
    from('pluginMcp', '@kubb/plugin-mcp'),
    'export default {\n',
    `  root: ${JSON.stringify(dirname(output))},\n`,
    `  input: { path: ${JSON.stringify(document)} },\n`,
    `  output: { path: ${JSON.stringify(output)}, clean: false, format: false, lint: false },\n`,
    `  plugins: [pluginOas({ generators: [] }), ${['pluginTs', 'pluginZod', 'pluginClient', 'pluginMcp'].map(plugin).join(', ')}],\n`,
    '};\n',
  ].join('');
}

function entryOf(modules, name) {
  const { exports } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
  return exports['.'].import;
}
