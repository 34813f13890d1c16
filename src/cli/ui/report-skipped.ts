import type { Skipped, Source } from '../../blueprint/types.js';
import { oneLine } from '../../diagnostics/visible.js';

const MAX_NAMED = 3;

/** What was left out, grouped by reason: the first few by name, then a count. */
export function skippedLines(skipped: readonly Skipped[], sources: readonly Source[]): string[] {
  if (skipped.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { what, reason } of skipped) {
    const names = byReason.get(reason);
    if (names) names.push(oneLine(what));
    else byReason.set(reason, [oneLine(what)]);
  }
  const lines = [`skipped ${plural(skipped.length, nounOf(sources))}`];
  for (const [reason, names] of byReason) {
    const more = names.length - MAX_NAMED;
    const named = names.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
    lines.push(`  ${named}: ${oneLine(reason)}`);
  }
  return lines;
}

function nounOf(sources: readonly Source[]): string {
  const kinds = new Set(sources.map(({ kind }) => kind));
  if (kinds.size > 1) return 'part';
  return kinds.has('sql') ? 'statement' : 'operation';
}

/** `1 tool`, `2 tools`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
