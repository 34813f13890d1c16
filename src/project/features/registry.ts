import type { Feature } from '../context.js';
import { binName, httpUrl, packageName, packageVersion } from '../package-name.js';
import { settingsOf } from '../settings.js';

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

/** Of a name in the registry that nobody has chosen yet. */
const NOBODY = 'com.example';

/** In characters, of titles and descriptions; of names. */
const MAX_TEXT = 100;
const MAX_NAME = 200;

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
  const shown = line(title);
  const about = line(description) || line(`MCP server for ${title}`);
  const content = {
    $schema: SCHEMA,
    name: registryName ?? `${NOBODY}/${registered(binName(name))}`,
    ...(shown !== '' && { title: shown }),
    description: about,
    version: packageVersion(version),
    packages,
  };
  return [
    { path: 'server.json', owner: 'managed', template: 'config.json.hbs', view: { content } },
  ];
};

/** As the registry wants it: characters are what JSON Schema counts, so none is cut in two. */
function line(text: string): string {
  const clean = text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
  const characters = [...clean];
  if (characters.length <= MAX_TEXT) return clean;
  return `${characters.slice(0, MAX_TEXT - 1).join('')}…`;
}

/** Names in the registry are shorter than those of npm. */
function registered(name: string): string {
  return name.slice(0, MAX_NAME - NOBODY.length - 1);
}
