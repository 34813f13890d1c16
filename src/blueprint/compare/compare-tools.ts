import { announced } from '../own-deprecation.js';
import { CUT_MARKER } from '../close-schema.js';
import type { JsonSchema, ToolAnnotations } from '../types.js';
import type { ChangeCode, SurfaceTool } from './change.js';
import { compareAccess } from './compare-access.js';
import { compareCallers } from './compare-callers.js';
import { compareRequests } from './compare-request.js';
import { schemaMessage } from './messages.js';
import { doubtResults, withoutGaps } from './left-out.js';
import type { ResultAt } from './result-lookup.js';
import { findChanges } from './report-pairs.js';
import { toolChange, type ToolChange } from './tool-change.js';

/** What differs between two states of one tool; `resultAt` knows the whole result of the new one. */
export function compareTool(
  before: SurfaceTool,
  after: SurfaceTool,
  resultAt?: ResultAt,
): ToolChange[] {
  const changes = [
    ...compareNames(before, after),
    ...compareToolsets(before.off ?? [], after.off ?? []),
    ...compareWords(before, after),
    ...compareAnnotations(before.annotations ?? {}, after.annotations ?? {}),
    ...compareAccess(before.security, after.security),
    ...compareCallers(before.scopes, after.scopes),
    ...compareRequests(before.request, after.request),
    ...compareSchemas(before, after, resultAt),
  ];
  return [...changes, ...compareDigests(before, after, changes)];
}

/** A change of the input that nothing else shows. */
function compareDigests(
  { inputDigest: old }: SurfaceTool,
  { inputDigest: now, inputSchema }: SurfaceTool,
  changes: readonly ToolChange[],
): ToolChange[] {
  if (old === undefined || now === undefined || old === now) return [];
  if (changes.some(({ pointer }) => /^\/(?:inputSchema|request)/.test(pointer))) return [];
  const isCut = JSON.stringify(inputSchema).includes(CUT_MARKER);
  const message = isCut
    ? 'the document changed what its arguments are, maybe in details that were left out of the list'
    : 'the document describes its arguments otherwise: it takes and sends the same';
  const change = toolChange('input-described-otherwise', '/inputSchema', message);
  return [isCut ? { ...change, class: 'unknown' } : change];
}

function compareNames(before: SurfaceTool, after: SurfaceTool): ToolChange[] {
  const changes: ToolChange[] = [];
  if (before.name !== after.name) {
    const names = { before: before.name, after: after.name };
    changes.push(toolChange('tool-renamed', '/name', `renamed from ${before.name}`, names));
  }
  const [old, now] = [before.operation, after.operation];
  if (old === undefined || now === undefined || old === now) return changes;
  const message = `calls ${now} instead of ${old}`;
  return [...changes, toolChange('operation-moved', '', message, { before: old, after: now })];
}

/** Sets that a tool waits for; none where it is listed at once. */
function compareToolsets(old: readonly string[], now: readonly string[]): ToolChange[] {
  if (old.join() === now.join()) return [];
  const [before, after] = [[...old], [...now]];
  const sets = (names: readonly string[]) => names.join(' or ');
  if (old.length === 0) {
    const message = `is not listed until the toolset ${sets(now)} is switched on`;
    return [toolChange('tool-switched-off', '/off', message, { before, after })];
  }
  if (now.length === 0) {
    const message = `is listed without switching on ${sets(old)}`;
    return [toolChange('tool-switched-on', '/off', message, { before, after })];
  }
  const message = `waits for the toolset ${sets(now)} instead of ${sets(old)}`;
  return [toolChange('toolset-moved', '/off', message, { before, after })];
}

function compareWords(before: SurfaceTool, after: SurfaceTool): ToolChange[] {
  const changes: ToolChange[] = [];
  for (const [key, code] of [
    ['title', 'title-changed'],
    ['description', 'description-changed'],
  ] as const) {
    const [old, now] = [before[key] ?? '', after[key] ?? ''];
    if (old === now) continue;
    const values = { before: old, after: now };
    const notice = announced(now);
    if (key === 'description' && notice && !announced(old) && now.endsWith(` ${old}`)) {
      const use = notice.successor === undefined ? '' : `: use ${notice.successor} instead`;
      changes.push(
        toolChange('tool-deprecated', '/description', `is deprecated now${use}`, values),
      );
      continue;
    }
    changes.push(toolChange(code, `/${key}`, `the ${key} changed`, values));
  }
  return changes;
}

/** Hints with what they are where they are not given (MCP 2026-07-28, ToolAnnotations). */
function compareAnnotations(before: ToolAnnotations, after: ToolAnnotations): ToolChange[] {
  const changes: ToolChange[] = [];
  const hint = (
    key: keyof ToolAnnotations,
    fallback: boolean,
    codes: { gained: ChangeCode; lost: ChangeCode },
  ): void => {
    const [old, now] = [before[key] ?? fallback, after[key] ?? fallback];
    if (old === now) return;
    const message = `${key} changed from ${old} to ${now}`;
    const values = { before: old, after: now };
    changes.push(
      toolChange(now ? codes.gained : codes.lost, `/annotations/${key}`, message, values),
    );
  };
  hint('readOnlyHint', false, { gained: 'read-only-gained', lost: 'read-only-lost' });
  // Whether it destroys or repeats has a meaning only for a tool that writes.
  if (!before.readOnlyHint && !after.readOnlyHint) {
    hint('destructiveHint', true, { gained: 'destructive-gained', lost: 'destructive-lost' });
    hint('idempotentHint', false, { gained: 'idempotent-gained', lost: 'idempotent-lost' });
  }
  hint('openWorldHint', true, { gained: 'open-world-changed', lost: 'open-world-changed' });
  return changes;
}

function compareSchemas(
  before: SurfaceTool,
  after: SurfaceTool,
  resultAt: ResultAt | undefined,
): ToolChange[] {
  const changes = changesOf('input', '/inputSchema', before.inputSchema, after.inputSchema);
  const [old, now] = [before.outputSchema, after.outputSchema];
  if (old && now) {
    const results = changesOf('output', '/outputSchema', old, now);
    return [...changes, ...doubtResults(results, { before: old, after: now }, resultAt)];
  }
  if (old)
    changes.push(
      toolChange('output-schema-removed', '/outputSchema', 'results are no longer described'),
    );
  if (now)
    changes.push(toolChange('output-schema-added', '/outputSchema', 'results are described now'));
  return changes;
}

function changesOf(
  side: 'input' | 'output',
  pointer: string,
  before: JsonSchema,
  after: JsonSchema,
): ToolChange[] {
  if (before === after) return [];
  const texts = [JSON.stringify(before), JSON.stringify(after)] as const;
  if (texts[0] === texts[1]) return [];
  // Read again, so that objects which stand in two places in memory are two, as they are in a file.
  const [old, now] = texts.map((text) => JSON.parse(text) as JsonSchema);
  const found = findChanges(old!, now!, side, pointer);
  const changes = found.map((one) => ({ ...one, message: schemaMessage(one, side) }));
  return withoutGaps(changes, pointer);
}
