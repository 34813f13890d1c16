import { createHash } from 'node:crypto';
import type { Change, SurfaceTool } from './compare/change.js';
import { compareOffers } from './compare/compare-offers.js';
import { compareTool } from './compare/compare-tools.js';
import { announced } from './own-deprecation.js';
import { canonicalJson } from './compare/json.js';
import { matchTools } from './compare/match-tools.js';
import type { RecordedOffers } from './recorded-offers.js';
import type { ResultLookup } from './compare/result-lookup.js';
import { toolChange, type ToolChange } from './compare/tool-change.js';

export { CHANGE_RULES } from './compare/change.js';
export { isDoubtful } from './compare/left-out.js';
export { resultLookup } from './compare/result-lookup.js';
export type { Change, ChangeClass, ChangeCode, SurfaceTool } from './compare/change.js';

/** Everything that a server lists. */
export type Surface = { tools: readonly SurfaceTool[]; offers: RecordedOffers };

/** What changed in everything that a server lists, as `compareSurfaces` tells it of tools. Never throws. */
export function compareWhole(before: Surface, after: Surface, results?: ResultLookup): Change[] {
  const tools = compareSurfaces(before.tools, after.tools, results);
  // Files of before said of tools alone what tokens need: what is absent then is not known.
  const asked = before.tools.some(({ scopes }) => scopes !== undefined);
  const found = compareOffers(before.offers, after.offers).filter(
    ({ pointer, before: old }) => pointer !== '/scopes' || old !== undefined || !asked,
  );
  const offers = [...new Set(found.map(({ of }) => of))].flatMap((name) =>
    finished(
      { name },
      found.flatMap(({ of, ...change }) => (of === name ? [change] : [])),
    ),
  );
  return [...tools, ...offers].sort(byPlace);
}

/**
 * What changed in the tools that a server lists, for those who call them: by tool, then place, then code. Schemas are compared
 * by what they mean (JSON Schema 2020-12): names and order of `$defs`, order of members, and ways of writing make no change.
 * `results` knows more of the new tools than is listed. Never throws.
 */
export function compareSurfaces(
  before: readonly SurfaceTool[],
  after: readonly SurfaceTool[],
  results?: ResultLookup,
): Change[] {
  const { pairs, removed, added } = matchTools(before, after);
  const changes = [
    ...removed.map((tool) => finished(tool, [lone('tool-removed', gone(tool), tool)])),
    ...added.map((tool) => finished(tool, [lone('tool-added', 'was added', tool)])),
    ...pairs.map((pair) => {
      const found = compareTool(pair.before, pair.after, results?.(pair.after.name));
      return finished(pair.after, found);
    }),
  ];
  return changes.flat().sort(byPlace);
}

/** A removal that was announced says so, and what stands in. */
function gone({ description = '' }: SurfaceTool): string {
  const notice = announced(description);
  if (notice === undefined) return 'was removed';
  return notice.successor === undefined
    ? 'was removed, as its description had announced'
    : `was removed, as its description had announced: ${notice.successor} stands in for it`;
}

function lone(code: 'tool-removed' | 'tool-added', message: string, tool: SurfaceTool): ToolChange {
  return toolChange(code, '', tool.operation ? `${message} (${tool.operation})` : message);
}

/** Gives the changes of one tool their ids; equal ones are told apart by a number. */
function finished(tool: Pick<SurfaceTool, 'name'>, changes: readonly ToolChange[]): Change[] {
  const counts = new Map<string, number>();
  return changes.map(({ place, ...change }) => {
    const facts = [change.code, tool.name, place, change.before ?? null, change.after ?? null];
    const text = canonicalJson(facts);
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    const id = createHash('sha256')
      .update(count === 0 ? text : `${text} ${count}`)
      .digest('hex')
      .slice(0, 12);
    return { id, tool: tool.name, ...change };
  });
}

function byPlace(a: Change, b: Change): number {
  return (
    compareText(a.tool, b.tool) ||
    compareText(a.pointer, b.pointer) ||
    compareText(a.code, b.code) ||
    compareText(a.id, b.id)
  );
}

/** By UTF-16 code units: the same everywhere. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
