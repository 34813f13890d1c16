import { log } from '../log.js';
import type { PinnedKind } from './pins.js';
import type { Session } from './session.js';
import type { McpUpstream } from './upstream.js';

/** Why an item must not be used: it is not what was looked at when this server was generated. Undefined when it may be. */
export async function refusalOf(
  session: Session,
  { id, pins, onChange }: McpUpstream,
  kind: PinnedKind,
  name: string,
): Promise<string | undefined> {
  const found = await session.compare(kind, name, pins[`${kind}:${name}`]);
  if (found === 'same') return undefined;
  // Resources come and go; of one that is gone the server says so itself.
  if (found === 'gone' && kind === 'resource') return undefined;
  log.warn(`upstream ${kind} ${found}`, { upstream: id, name, onChange });
  if (onChange === 'report') return undefined;
  const what = found === 'gone' ? 'no longer lists it' : 'describes it otherwise than before';
  return `${id} ${what}. Whoever runs this server has to look at the change and generate it again.`;
}
