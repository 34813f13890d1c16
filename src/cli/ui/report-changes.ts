import type { ChangeClass } from '../../blueprint/compare.js';
import { oneLine } from '../../diagnostics/visible.js';
import type { PlacedChange } from '../surface/places.js';
import { plural } from './report-skipped.js';

/** Classes in the order in which they are told; unknown ones may be breaking. */
const CLASSES: readonly ChangeClass[] = ['breaking', 'unknown', 'risky', 'safe'];

/** Changes shown of each class; what breaks callers is shown longer. */
const SHOWN: Readonly<Record<ChangeClass, number>> = {
  breaking: 200,
  unknown: 50,
  risky: 20,
  safe: 20,
};

/** The changes by class, those that were approved apart: one line each, with place and id. */
export function changeLines(changes: readonly PlacedChange[]): string[] {
  const open = changes.filter(({ accepted }) => accepted === undefined);
  const lines = CLASSES.flatMap((kind) => {
    const members = open.filter((change) => change.class === kind);
    const more = members.length - SHOWN[kind];
    return [
      ...members.slice(0, SHOWN[kind]).map(changeLine),
      ...(more > 0
        ? [`${kind.padEnd(9)} and ${more.toLocaleString('en')} more; all are in --json`]
        : []),
    ];
  });
  const accepted = changes.filter((change) => change.accepted !== undefined);
  return [...lines, ...accepted.map((change) => `accepted  ${describe(change)}`)];
}

/** `2 breaking, 1 risky`. */
export function countClasses(changes: readonly { class: ChangeClass }[]): string {
  const counts = CLASSES.flatMap((kind) => {
    const count = changes.filter((change) => change.class === kind).length;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${kind}`];
  });
  return `${plural(changes.length, 'change')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
}

function changeLine(change: PlacedChange): string {
  return `${change.class.padEnd(9)} ${describe(change)}  [${change.id}]`;
}

function describe({ tool, message, place }: PlacedChange): string {
  const text = oneLine(`${tool}: ${message}`);
  if (!place) return text;
  const line = place.line === undefined ? '' : `:${place.line}:${place.column}`;
  return `${oneLine(place.file)}${line}${place.version === 'before' ? ' (before)' : ''}  ${text}`;
}

/** A change as `--json` gives it. */
export function changeJson({ place, ...change }: PlacedChange): object {
  return { ...change, ...(place && { place }) };
}
