import { VALUE_TYPES, type Alternative, type ValueType } from './alternative.js';
import { narrowing, shifting, widening } from './effect.js';
import type { Effect } from './graph.js';

type Alternatives = readonly Alternative[];

export function ofType(alternatives: Alternatives, type: ValueType): Alternative[] {
  return alternatives.filter((alternative) => alternative.type === type);
}

/** Types that are no longer allowed, or newly. */
export function compareTypes(a: Alternatives, b: Alternatives): Effect[] {
  const [old, now] = [typesIn(a), typesIn(b)];
  const isLost = [...old].some((type) => !now.has(type));
  const isWon = [...now].some((type) => !old.has(type));
  const types = { before: typeNames(a), after: typeNames(b) };
  if (isLost && isWon) return [shifting('type-changed', types)];
  if (isLost) return [narrowing('type-narrowed', types)];
  return isWon ? [widening('type-widened', types)] : [];
}

/** Where details were left out on one side, only types that exclude each other are certain to differ. */
export function compareCut(a: Alternatives, b: Alternatives): Effect[] {
  const now = typesIn(b);
  const share = [...typesIn(a)].some((type) => now.has(type));
  const types = { before: typeNames(a), after: typeNames(b) };
  return [
    share ? shifting('details-left-out', { isSure: false }) : shifting('type-changed', types),
  ];
}

function typesIn(alternatives: Alternatives): Set<ValueType> {
  return new Set(alternatives.map(({ type }) => type));
}

/** The types that a schema names; all of them are `any`. */
function typeNames(alternatives: Alternatives): string[] {
  const types = typesIn(alternatives);
  if (types.size === VALUE_TYPES.length) return ['any'];
  return VALUE_TYPES.filter((type) => types.has(type)).map((type) =>
    type === 'number' && ofType(alternatives, type).every(isWhole) ? 'integer' : type,
  );
}

function isWhole(alternative: Alternative): boolean {
  if (alternative.values) return alternative.values.every(Number.isInteger);
  return alternative.type === 'number' && alternative.integer;
}
