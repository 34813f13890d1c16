import type { Alternative, NumberFacets, StringFacets } from './alternative.js';
import { narrowing, shifting, widening } from './effect.js';
import type { Effect } from './graph.js';
import { hasValue } from './json.js';
import { sampleTexts } from './sample-texts.js';
import { fitsScalar, isMultiple } from './values.js';

/** Lists of values on one side or both; facets on the other. Only for scalars. */
export function compareValues(before: Alternative, after: Alternative): Effect[] {
  const [a, b] = [before.values, after.values];
  const removed = (a ?? []).filter((value) => !allows(after, value));
  const added = (b ?? []).filter((value) => !allows(before, value));
  const effects: Effect[] = [];
  if (removed.length > 0) effects.push(narrowing('enum-value-removed', { before: removed }));
  if (added.length > 0) effects.push(widening('enum-value-added', { after: added }));
  if (a && !b) effects.push(widening('enum-removed', { before: a }));
  if (b && !a) effects.push(narrowing('enum-added', { after: b }));
  return effects;
}

function allows(alternative: Alternative, value: unknown): boolean {
  const { values } = alternative;
  if (values) return hasValue(values, value);
  return fitsScalar(alternative, value);
}

export function compareNumbers(before: NumberFacets, after: NumberFacets): Effect[] {
  const effects: Effect[] = [];
  if (before.integer !== after.integer) {
    const types = before.integer
      ? { before: ['integer'], after: ['number'] }
      : { before: ['number'], after: ['integer'] };
    effects.push(
      before.integer ? widening('type-widened', types) : narrowing('type-narrowed', types),
    );
  }
  const lows = [lowOf(before), lowOf(after)] as const;
  const highs = [highOf(before), highOf(after)] as const;
  return [
    ...effects,
    ...compareBound(lows[1].at - lows[0].at, lows[0], lows[1]),
    ...compareBound(highs[0].at - highs[1].at, highs[0], highs[1]),
    ...compareMultiples(before.multiples, after.multiples),
  ];
}

/** A bound with the keyword it is written by; `open` bounds lie a little further in. */
type Bound = { at: number; open: boolean; keyword: string };

function lowOf({ low, lowOpen }: NumberFacets): Bound {
  return { at: low, open: lowOpen, keyword: lowOpen ? 'exclusiveMinimum' : 'minimum' };
}

function highOf({ high, highOpen }: NumberFacets): Bound {
  return { at: high, open: highOpen, keyword: highOpen ? 'exclusiveMaximum' : 'maximum' };
}

/** `further` is how much further in the new bound lies; NaN where neither side has one. */
function compareBound(further: number, before: Bound, after: Bound): Effect[] {
  const step =
    Number.isNaN(further) || further === 0 ? Number(after.open) - Number(before.open) : further;
  if (step === 0) return [];
  const isBound = Number.isFinite(after.at);
  return [
    (step > 0 ? narrowing : widening)(step > 0 ? 'bound-tightened' : 'bound-loosened', {
      pointer: `/${isBound ? after.keyword : before.keyword}`,
      ...(Number.isFinite(before.at) && { before: before.at }),
      ...(isBound && { after: after.at }),
    }),
  ];
}

function compareMultiples(before: readonly number[], after: readonly number[]): Effect[] {
  const narrows = after.some((step) => !before.some((known) => isMultiple(known, step)));
  const widens = before.some((step) => !after.some((known) => isMultiple(known, step)));
  if (!narrows && !widens) return [];
  const values = { pointer: '/multipleOf', ...ends(before, after) };
  if (narrows && widens) return [shifting('bound-changed', values)];
  return [narrows ? narrowing('bound-tightened', values) : widening('bound-loosened', values)];
}

function ends(before: readonly unknown[], after: readonly unknown[]) {
  return {
    ...(before.length > 0 && { before: before.length === 1 ? before[0] : before }),
    ...(after.length > 0 && { after: after.length === 1 ? after[0] : after }),
  };
}

/** Counts: the least is 0 and the most infinite where nothing is said. */
export function compareCounts(
  before: { low: number; high: number },
  after: { low: number; high: number },
  keywords: readonly [string, string],
): Effect[] {
  const bound = (at: number, keyword: string): Bound => ({ at, open: false, keyword });
  const [low, high] = keywords;
  const said = (at: number): number => (at === 0 ? -Infinity : at);
  const further = after.low - before.low;
  return [
    ...compareBound(further, bound(said(before.low), low), bound(said(after.low), low)),
    ...compareBound(before.high - after.high, bound(before.high, high), bound(after.high, high)),
  ];
}

export function compareTexts(before: StringFacets, after: StringFacets): Effect[] {
  return [
    ...compareCounts(before, after, ['minLength', 'maxLength']),
    ...comparePatterns(before, after),
    ...compareFormats(before, after),
    ...(before.encoding === after.encoding
      ? []
      : [
          shifting('encoding-changed', {
            pointer: '/contentEncoding',
            ...(before.encoding !== undefined && { before: before.encoding }),
            ...(after.encoding !== undefined && { after: after.encoding }),
          }),
        ]),
  ];
}

function comparePatterns(before: StringFacets, after: StringFacets): Effect[] {
  const removed = before.patterns.filter((pattern) => !after.patterns.includes(pattern));
  const added = after.patterns.filter((pattern) => !before.patterns.includes(pattern));
  if (removed.length === 0 && added.length === 0) return [];
  const values = { pointer: '/pattern', ...ends(removed, added) };
  if (added.length === 0) return [widening('pattern-removed', values)];
  const patternOnly = { ...after, low: 0, high: Infinity, formats: [], patterns: added };
  const isSure = sampleTexts(before).some((text) => !fitsText(patternOnly, text));
  return removed.length > 0
    ? [shifting('pattern-changed', { ...values, isSure })]
    : [narrowing('pattern-added', { ...values, isSure })];
}

function fitsText(facets: StringFacets, text: string): boolean {
  return fitsScalar({ ...facets, path: '', conditions: [], raws: [] }, text);
}

function compareFormats(before: StringFacets, after: StringFacets): Effect[] {
  const removed = before.formats.filter((format) => !after.formats.includes(format));
  const added = after.formats.filter((format) => !before.formats.includes(format));
  if (removed.length === 0 && added.length === 0) return [];
  const values = { pointer: '/format', ...ends(removed, added) };
  if (added.length === 0) return [widening('format-removed', values)];
  if (removed.length === 0) return [narrowing('format-added', values)];
  // Every URI is a URI reference (RFC 3986 §4.1).
  const pair = `${removed.join()} ${added.join()}`;
  if (pair === 'uri uri-reference') return [widening('format-removed', values)];
  if (pair === 'uri-reference uri') return [narrowing('format-added', values)];
  return [shifting('format-changed', values)];
}
