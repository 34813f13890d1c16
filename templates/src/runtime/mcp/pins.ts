import { createHash } from 'node:crypto';

/** What of an item callers see and act on; what else a version of the protocol adds to it may differ. */
const PINNED = {
  tool: ['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations'],
  resource: ['uri', 'name', 'title', 'description', 'mimeType'],
  template: ['uriTemplate', 'name', 'title', 'description', 'mimeType'],
  prompt: ['name', 'title', 'description', 'arguments'],
} as const;

export type PinnedKind = keyof typeof PINNED;

/** By what a change is noticed: SHA-256 over JSON with sorted keys. The generator computes the same. */
export function pinOf(kind: PinnedKind, item: Readonly<Record<string, unknown>>): string {
  const seen = Object.fromEntries(PINNED[kind].map((field) => [field, item[field]]));
  return createHash('sha256')
    .update(JSON.stringify(sorted(seen)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['[', ...value.map(sorted)];
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // As a list: no name can then reach into a prototype.
  return [
    '{',
    ...entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, sorted(item)]])),
  ];
}
