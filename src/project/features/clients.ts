import type { Feature } from '../context.js';
import { binName, httpUrl } from '../package-name.js';

/**
 * Configuration with which editors start the server from the project's folder. Secrets stay in `.env`, so that these files can
 * be shared.
 */
export const clients: Feature = ({ blueprint }) => {
  const { server } = blueprint;
  const name = binName(server.name);
  const stdio = server.transports.includes('stdio');
  const shared = stdio
    ? { command: 'node', args: ['dist/main.js'] }
    : { type: 'http', url: httpUrl };
  const inFolder = stdio
    ? { command: 'node', args: ['${workspaceFolder}/dist/main.js'] }
    : { url: httpUrl };
  const vscode = { type: stdio ? 'stdio' : 'http', ...inFolder };
  return [
    config('.mcp.json', { mcpServers: { [name]: shared } }),
    config('.cursor/mcp.json', { mcpServers: { [name]: inFolder } }),
    config('.vscode/mcp.json', { servers: { [name]: vscode } }),
  ];
};

function config(path: string, content: object) {
  return { path, owner: 'seed' as const, template: 'config.json.hbs', view: { content } };
}
