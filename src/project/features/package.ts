import type { Feature } from '../context.js';
import { binName, packageName, packageVersion } from '../package-name.js';

/** What npm and the compiler need. */
export const packageFiles: Feature = ({ blueprint, options }) => {
  const { name, version, description, title, transports } = blueprint.server;
  const view = {
    name: packageName(name),
    bin: binName(name),
    version: packageVersion(version),
    description: (description.trim() === '' ? `MCP server for ${title}` : description)
      .replace(/\s+/g, ' ')
      .slice(0, 200)
      // Not every reader of JSON takes half a pair.
      .replace(/\p{Cs}/gu, '\ufffd')
      .trim(),
    bothTransports: transports.length > 1,
    generate: generator(options.generatorVersion, 'regenerate'),
    generateCheck: generator(options.generatorVersion, 'check'),
  };
  return [
    { path: 'package.json', owner: 'merged', template: 'package.json.hbs', view },
    { path: 'package-lock.json', owner: 'seed', template: 'package-lock.json.hbs', view },
    { path: 'tsconfig.json', owner: 'seed', copy: 'tsconfig.json' },
    { path: 'tsconfig.build.json', owner: 'seed', copy: 'tsconfig.build.json' },
    { path: '.gitignore', owner: 'seed', copy: '_gitignore' },
    { path: '.github/workflows/ci.yml', owner: 'seed', copy: '.github/workflows/ci.yml' },
  ];
};

/** A command of the generator in the version that wrote the project: everybody gets the same text. */
function generator(version: string, command: string): string {
  return `npx --yes create-mcp-server@${packageVersion(version)} ${command}`;
}
