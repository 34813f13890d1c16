import type { ListCost } from '../../blueprint/list-cost.js';
import { listedTools } from '../../blueprint/surface.js';
import { waitsFor } from '../../blueprint/toolset.js';
import type { Blueprint } from '../../blueprint/types.js';
import { oneLine } from '../../diagnostics/visible.js';
import { plural } from './report-skipped.js';

/** Above this many tools, clients and models begin to lose track (many clients stop at 128, some at 40). */
export const MANY_TOOLS = 40;

/** Above this the list alone takes a good part of what a model can attend to. */
const MANY_TOKENS = 25_000;
const MAX_NAMED = 3;

/** A line of advice where a tool list is larger than models cope with; none otherwise. */
export function costAdvice(blueprint: Blueprint, { atStart, ...all }: ListCost): string[] {
  const first = atStart ?? all;
  if (first.tools <= MANY_TOOLS && first.tokens <= MANY_TOKENS) return [];
  const { toolsets = [] } = blueprint;
  const tools = listedTools(blueprint).filter(({ name }) => waitsFor(name, toolsets).length === 0);
  const groups = new Map<string, number>();
  for (const { group } of tools) groups.set(group, (groups.get(group) ?? 0) + 1);
  const largest = [...groups].sort(([, a], [, b]) => b - a).slice(0, MAX_NAMED);
  const named = largest.map(([group, count]) => `${oneLine(group)} (${plural(count, 'tool')})`);
  return [
    `that is much for a model: choose with --include what it needs; largest groups: ${named.join(', ')}`,
  ];
}
