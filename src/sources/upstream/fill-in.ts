import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { McpEntry } from '../manifest/mcp-source.js';
import { replaceReferences } from '../reference.js';
import { settingIn } from '../read/setting-in.js';
import type { UpstreamAddress } from './snapshot-upstream.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where an entry of mcp.yaml leads to with this environment. Throws an InputError (MCP865) for what is not set. */
export function fillInConnection(
  id: string,
  connection: McpEntry['connect'][number],
  env: Environment,
): UpstreamAddress {
  const fill = (text: string): string =>
    replaceReferences(text, (reference) => {
      const { env: variable, fallback } = reference;
      const value = settingIn(reference, env) ?? fallback;
      if (value !== undefined) return value;
      throw new InputError([diagnostic('MCP865', { id, variable })]);
    });
  const all = (texts: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));
  if ('url' in connection) {
    const shown = connection.url.replace(/[?#].*$/s, '');
    return { url: fill(connection.url), headers: all(connection.headers), shown };
  }
  const shown = connection.command.join(' ');
  return { command: connection.command.map(fill), env: all(connection.env), shown };
}
