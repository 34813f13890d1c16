import type { Feature } from '../context.js';
import { binName, httpUrl, packageName, packageVersion } from '../package-name.js';
import { settingsOf } from '../settings.js';

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

/** Of a name in the registry that nobody has chosen yet. */
const NOBODY = 'com.example';

const MAX_DESCRIPTION = 100;

/** `server.json`, by which registries and clients know the server and its settings (registry schema 2025-12-11). */
export const registry: Feature = ({ blueprint }) => {
  const { name, title, description, version, transports, registryName } = blueprint.server;
  const variables = settingsOf(blueprint).map((setting) => ({
    name: setting.env,
    description: setting.description,
    isRequired: setting.required,
    isSecret: setting.secret,
    ...(setting.default !== '' && { default: setting.default }),
  }));
  const packages = transports.map((transport) => ({
    registryType: 'npm',
    identifier: packageName(name),
    version: packageVersion(version),
    transport:
      transport === 'stdio' ? { type: 'stdio' } : { type: 'streamable-http', url: httpUrl },
    ...(variables.length > 0 && { environmentVariables: variables }),
  }));
  const about = (description.trim() === '' ? `MCP server for ${title}` : description)
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  const content = {
    $schema: SCHEMA,
    name: registryName ?? `${NOBODY}/${binName(name)}`,
    title: title.slice(0, MAX_DESCRIPTION),
    description: about.length > MAX_DESCRIPTION ? `${about.slice(0, MAX_DESCRIPTION - 1)}…` : about,
    version: packageVersion(version),
    packages,
  };
  return [
    { path: 'server.json', owner: 'managed', template: 'config.json.hbs', view: { content } },
  ];
};
