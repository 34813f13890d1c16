import { closest } from '../arguments/closest.js';
import { readList, SettingError, type Environment } from '../settings/settings.js';
import type { Toolset } from './toolset.js';

/** Names of the sets that are on at first: those of MCP_TOOLSETS (`all`, `none`, or names), else as mcp.yaml says. */
export function readToolsets(toolsets: readonly Toolset[], env: Environment): Set<string> {
  const names = toolsets.map(({ name }) => name);
  const given = readList(env, 'MCP_TOOLSETS');
  if (given.length === 0) {
    return new Set(toolsets.filter(({ enabled }) => enabled).map(({ name }) => name));
  }
  if (given.length === 1 && given[0] === 'all') return new Set(names);
  if (given.length === 1 && given[0] === 'none') return new Set();
  for (const name of given) {
    if (names.includes(name)) continue;
    const similar = closest(name, names);
    const hint = similar === undefined ? '' : `; did you mean ${similar}?`;
    const known = `must be all, none, or some of ${names.join(', ')}`;
    throw new SettingError(
      'MCP_TOOLSETS',
      `${known}, not ${JSON.stringify(name.slice(0, 60))}${hint}`,
    );
  }
  return new Set(given);
}
