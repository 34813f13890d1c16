import { requestOf } from '../blueprint/binding.js';
import { byName } from '../blueprint/surface.js';
import type { Tool } from '../blueprint/types.js';
import { words } from './words.js';

/** A group with fewer tools than this is small; where most are, they say nothing. */
const SMALL = 3;

/** Where this many tools all have a group of their own, the groups say nothing. */
const MANY_ALONE = 20;

/** Tools by the group that their document names, however small it is, both in alphabetical order. */
export function givenGroups(tools: readonly Tool[]): Map<string, Tool[]> {
  const given = collect([...tools].sort(byName), ({ group }) => group.trim() || 'Other');
  const areAlone = given.size === tools.length && tools.length >= MANY_ALONE;
  return areAlone ? groupsOf(tools) : given;
}

/** Tools by what files can be named after: the title of their group, or what their names begin with. Both in alphabetical order. */
export function groupsOf(tools: readonly Tool[]): Map<string, Tool[]> {
  const sorted = [...tools].sort(byName);
  const given = collect(sorted, ({ group }) => (group.trim() === '' ? 'other' : group.trim()));
  if (given.size * SMALL <= tools.length || !tools.some(requestOf)) return given;
  // APIs without tags, one path for each action: the first words of the names (get, list, send) group better.
  const isSmall = (tool: Tool) =>
    requestOf(tool) !== undefined && (given.get(tool.group.trim() || 'other')?.length ?? 0) < SMALL;
  // Names that were made from method and path all begin with what says nothing.
  const skip = tools.every((tool) => words(tool.name)[0] === requestOf(tool)?.method.toLowerCase());
  const verb = (tool: Tool) =>
    isSmall(tool) ? (words(tool.name)[skip ? 1 : 0] ?? 'other') : tool.group.trim() || 'other';
  const byVerb = collect(sorted, verb);
  return collect(sorted, (tool) => {
    const title = verb(tool);
    return isSmall(tool) && (byVerb.get(title)?.length ?? 0) < SMALL ? 'other' : title;
  });
}

function collect(tools: readonly Tool[], title: (tool: Tool) => string): Map<string, Tool[]> {
  const groups = new Map<string, Tool[]>();
  for (const tool of tools) {
    const group = groups.get(title(tool));
    if (group === undefined) groups.set(title(tool), [tool]);
    else group.push(tool);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
