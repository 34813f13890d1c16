import type { Blueprint } from '../../blueprint/types.js';

/** A group of tools, and what `include` selects it by. */
export type GroupToChoose = { count: number; selectors: Set<string> };

/** The groups of a server's tools by name, in alphabetical order. */
export function groupsToChoose({ tools }: Pick<Blueprint, 'tools'>): Map<string, GroupToChoose> {
  const groups = new Map<string, GroupToChoose>();
  for (const { group, groupPattern } of tools) {
    const known = groups.get(group) ?? { count: 0, selectors: new Set<string>() };
    known.count += 1;
    known.selectors.add(groupPattern ?? `tag:${group}`);
    groups.set(group, known);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Entries of `include` for the chosen groups. */
export function selectorsOf(
  groups: ReadonlyMap<string, GroupToChoose>,
  chosen: readonly string[],
): string[] {
  return chosen.flatMap((name) => [...(groups.get(name)?.selectors ?? [])]);
}
