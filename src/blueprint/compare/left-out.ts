import type { JsonSchema } from '../types.js';
import { CHANGE_RULES } from './change.js';
import { isObject, pointerKey } from './json.js';
import { isWideInteger, type ResultAt } from './result-lookup.js';
import type { ToolChange } from './tool-change.js';

/**
 * From this size on, a list of result fields may have been shortened: `shallowOutput` stops at 400 characters, and hardly a
 * field costs more than 110.
 */
const MAY_BE_SHORTENED = 290;

/**
 * What the list of result fields makes look worse than it is: a field that a shortened list does not show may still be there,
 * and a 64-bit integer that is text where a double cannot hold it is so whatever the document calls it. Without `resultAt`
 * the first is unknown, and the second a type like any other.
 */
export function doubtResults(
  changes: ToolChange[],
  schemas: { before: JsonSchema; after: JsonSchema },
  resultAt: ResultAt | undefined,
): ToolChange[] {
  if (resultAt) return changes.map((change) => knownResult(change, resultAt));
  const { before, after } = schemas;
  if (!mayBeShortened(after)) return changes;
  const doubtful = new Set(lastFields(before, after).map((name) => pointerKey(name)));
  return changes.map((change) => {
    const isDoubtful = doubtful.has(change.pointer.replace('/outputSchema/properties', ''));
    if (change.code !== 'output-field-removed' || !isDoubtful) return change;
    const message = `${change.message}, or is not shown: the list of fields may be shortened`;
    return { ...change, class: 'unknown', message };
  });
}

/** Whether a change may be judged otherwise by who knows the whole result. */
export function isDoubtful({ code, class: kind, pointer, before, after }: Doubtful): boolean {
  if (!pointer.startsWith('/outputSchema/')) return false;
  if (code === 'output-field-removed') return kind === 'unknown';
  return code === 'type-widened' && gainsText(before, after);
}

type Doubtful = Pick<ToolChange, 'code' | 'class' | 'pointer' | 'before' | 'after'>;

function knownResult(change: ToolChange, resultAt: ResultAt): ToolChange {
  const { code, pointer, before, after } = change;
  const schemas = () => resultAt(pointer.replace('/outputSchema', ''));
  if (code === 'output-field-removed' && schemas().length > 0) {
    const { before: _, ...rest } = change;
    const message = change.message.replace('was removed', 'is still there, but no longer listed');
    return { ...rest, code: 'output-field-unlisted', class: 'safe', message };
  }
  if (code === 'type-widened' && gainsText(before, after) && isWideInteger(schemas())) {
    const { output } = CHANGE_RULES['integer-widened'];
    return { ...change, code: 'integer-widened', class: output };
  }
  return change;
}

/** Whether what was a whole number may be text as well, and nothing else is new. */
function gainsText(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const gained = after.filter((type) => !before.includes(type));
  return after.includes('integer') && gained.length === 1 && gained[0] === 'string';
}

/** Fields of before that stood after all that are left: a list is shortened at its end. All, where the order changed. */
function lastFields(before: JsonSchema, after: JsonSchema): string[] {
  const [old, now] = [fieldNames(before), fieldNames(after)];
  const left = old.filter((name) => now.includes(name));
  const inOrder = now.filter((name) => old.includes(name));
  if (left.join('\n') !== inOrder.join('\n')) return old;
  const last = left.at(-1);
  return last === undefined ? old : old.slice(old.indexOf(last) + 1);
}

function fieldNames({ properties }: JsonSchema): string[] {
  return isObject(properties) ? Object.keys(properties) : [];
}

/** Whether it has the shape that `shallowOutput` gives, and about the size at which that stops. */
function mayBeShortened(schema: JsonSchema): boolean {
  const { type, properties, description: _, ...rest } = schema;
  if (type !== 'object' || !isObject(properties) || Object.keys(rest).length > 0) return false;
  const fields = Object.entries(properties);
  const isShallow = fields.every(
    ([, field]) => isObject(field) && Object.keys(field).every((keyword) => keyword === 'type'),
  );
  const size = fields.reduce((sum, field) => sum + JSON.stringify(field).length, 40);
  return isShallow && size > MAY_BE_SHORTENED;
}

/** All places of a schema that were cut on one side, as one change: none of them says more than the others. */
export function withoutGaps(changes: ToolChange[], pointer: string): ToolChange[] {
  const gaps = changes.filter(({ code }) => code === 'details-left-out');
  const [first] = gaps;
  if (first === undefined || gaps.length === 1) return changes;
  const message = `${first.message} (and ${gaps.length - 1} more such places)`;
  const others = changes.filter(({ code }) => code !== 'details-left-out');
  return [...others, { ...first, pointer, place: pointer, message }];
}
