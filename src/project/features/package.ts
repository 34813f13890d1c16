import type { Feature } from '../context.js';
import { dependenciesOf } from '../dependencies.js';
import { packageLock } from '../package-lock.js';
import { binName, packageName, packageVersion } from '../package-name.js';

const ENGINES = { node: '^20.19.0 || >=22.12.0' };

/** What npm and the compiler need. */
export const packageFiles: Feature = ({ blueprint, copied, options }) => {
  const { name, version, description, title, transports } = blueprint.server;
  const used = dependenciesOf(blueprint, copied);
  const root = { name: packageName(name), version: packageVersion(version), bin: binName(name) };
  const view = {
    ...root,
    description: (description.trim() === '' ? `MCP server for ${title}` : description)
      .replace(/\s+/g, ' ')
      .slice(0, 200)
      // Not every reader of JSON takes half a pair.
      .replace(/\p{Cs}/gu, '\ufffd')
      .trim(),
    mcpName: blueprint.server.registryName,
    // Resources are read where the server runs.
    files: [
      ...new Set(
        blueprint.resources.flatMap(({ content }) => ('file' in content ? content.file : [])),
      ),
    ].sort(),
    bothTransports: transports.length > 1,
    hasDatabases: blueprint.sources.some(({ kind }) => kind === 'sql'),
    dependencies: listed(used.dependencies),
    devDependencies: listed(used.devDependencies),
    generate: generator(options.generatorVersion, 'regenerate'),
    generateCheck: generator(options.generatorVersion, 'check'),
  };
  const lock = packageLock({ ...root, engines: ENGINES }, used);
  return [
    { path: 'package.json', owner: 'merged', template: 'package.json.hbs', view },
    { path: 'package-lock.json', owner: 'seed', text: `${JSON.stringify(lock, null, 2)}\n` },
    { path: 'tsconfig.json', owner: 'seed', copy: 'tsconfig.json' },
    { path: 'tsconfig.build.json', owner: 'seed', copy: 'tsconfig.build.json' },
    { path: '.gitignore', owner: 'seed', template: '_gitignore.hbs', view },
    { path: '.github/workflows/ci.yml', owner: 'seed', copy: '.github/workflows/ci.yml' },
  ];
};

function listed(versions: Record<string, string>) {
  const entries = Object.entries(versions);
  return entries.map(([name, version], index) => ({
    name,
    version,
    more: index < entries.length - 1,
  }));
}

/** A command of the generator in the version that wrote the project: everybody gets the same text. */
function generator(version: string, command: string): string {
  return `npx --yes create-mcp-server@${packageVersion(version)} ${command}`;
}
