import type { Tool } from '../../blueprint/types.js';
import type { Operation } from './operation.js';

/** Longest name of a group. */
const MAX_LENGTH = 200;

/** The first tag groups an operation; where it has none, the first telling segment of its path, and what selects that. */
export function groupOf({ tags, path }: Operation): Pick<Tool, 'group' | 'groupPattern'> {
  const [tag] = tags;
  if (tag !== undefined) return { group: tag.slice(0, MAX_LENGTH) };
  const segments = path.split('/').slice(1);
  const named = segments.filter((segment) => segment !== '' && !segment.startsWith('{'));
  const segment =
    named.find((name) => !/^(?:api|rest|v\d+(?:\.\d+)*)$/i.test(name)) ?? named[0] ?? '';
  if (segment === '') return { group: 'default', groupPattern: path };
  const before = segments.slice(0, segments.indexOf(segment) + 1);
  return { group: segment.slice(0, MAX_LENGTH), groupPattern: `/${before.join('/')}/**` };
}
