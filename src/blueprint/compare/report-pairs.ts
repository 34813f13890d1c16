import { CHANGE_RULES, type ChangeClass, type ChangeCode, type Side } from './change.js';
import { narrowing, shifting, widening } from './effect.js';
import { MEMBER_CODES, pairAt, type Effect, type Pair, type Union } from './graph.js';
import type { Alternative } from './alternative.js';
import { isFreeForm } from './members.js';
import { matchAlternatives } from './match-alternatives.js';
import { pairSchemas } from './pair-schemas.js';
import type { Part } from './meaning.js';
import type { Forms } from './samples.js';
import { hasWitness } from './witness.js';

/** A change inside of one schema. */
export type Found = {
  code: ChangeCode;
  class: ChangeClass;
  pointer: string;
  /** The same without numbers of alternatives, which move when another one is put before. */
  place: string;
  before?: unknown;
  after?: unknown;
};

/** Whether it is proved that values were lost or won here, and not only allowed by another alternative. */
type Certainty = { narrows: boolean; widens: boolean };

type At = { pointer: string; place: string; sure: Certainty };

/** Everything that differs between two schemas. Each pair of schemas is reported once, where the first way leads to it. */
export function findChanges(before: Part, after: Part, side: Side, pointer: string): Found[] {
  const { before: rootA, after: rootB, alternativesIn, pair: top } = pairSchemas(before, after);
  const forms: [Forms, Forms] = [
    { root: rootA, alternativesIn, samples: new Map(), least: new Map() },
    { root: rootB, alternativesIn, samples: new Map(), least: new Map() },
  ];
  const found: Found[] = [];
  const seen = new Map<Pair, Set<string>>();

  const add = (effect: Effect, at: At): void => {
    const { before: old, after: now } = effect;
    const code = codeOf(effect.code, side);
    found.push({
      code,
      class: classOf(code, effect, side, at.sure),
      pointer: at.pointer + effect.pointer,
      place: at.place + effect.pointer,
      ...(old !== undefined && { before: old }),
      ...(now !== undefined && { after: now }),
    });
  };

  const walk = (pair: Pair, at: At): void => {
    const visits = seen.get(pair) ?? new Set<string>();
    seen.set(pair, visits);
    const kind = `${at.sure.narrows} ${at.sure.widens}`;
    if (!pair.isNoted || visits.has(kind)) return;
    visits.add(kind);
    for (const effect of pair.effects) add(effect, at);
    const unequal = pair.equals.filter(({ pair: one }) => one.notSubset || one.notSuperset);
    for (const place of new Set(unequal.map((link) => link.pointer))) {
      add(shifting('condition-changed', { pointer: place, isSure: false }), at);
    }
    for (const link of pair.links) walk(link.pair, inside(at, link.pointer));
    for (const union of pair.unions) walkUnion(union, at);
  };

  const walkUnion = (union: Union, at: At): void => {
    const { equal, changed, removed, added } = matchAlternatives(union);
    const isLost = (a: number): boolean => hasWitness(union, a, 'lost', forms);
    // Arguments that are newly allowed break nothing: no proof is needed.
    const isWon = (b: number): boolean => side === 'input' || hasWitness(union, b, 'won', forms);
    for (const [a, b] of [...equal, ...changed]) {
      const pair = pairAt(union, a, b);
      if (!pair?.isNoted) continue;
      const sure = {
        narrows: at.sure.narrows && (!pair.notSubset || (pair.isSure && isLost(a))),
        widens: at.sure.widens && (!pair.notSuperset || (pair.isSure && isWon(b))),
      };
      walk(pair, { ...at, pointer: at.pointer + union.after[b]!.path, sure });
    }
    for (const a of removed) {
      const one = union.before[a]!;
      if (isFree(one) && added.length > 0) add(UNLISTED.listed, at);
      else {
        const values = { pointer: one.path, before: summary(one), isSure: isLost(a) };
        addAlternative(narrowing('alternative-removed', values), at);
      }
    }
    for (const b of added) {
      const one = union.after[b]!;
      if (isFree(one) && removed.length > 0) add(UNLISTED.unlisted, at);
      else {
        const values = { pointer: one.path, after: summary(one), isSure: isWon(b) };
        addAlternative(widening('alternative-added', values), at);
      }
    }
  };

  const addAlternative = (effect: Effect, at: At): void => {
    add(effect, at);
    found.at(-1)!.place = at.place;
  };

  walk(top, { pointer, place: pointer, sure: { narrows: true, widens: true } });
  return found;
}

/** An object that takes any member, among alternatives that list theirs or the other way round. */
const UNLISTED = {
  listed: shifting('members-listed', { pointer: '/properties', isSure: false }),
  unlisted: shifting('members-unlisted', { pointer: '/properties', isSure: false }),
};

function isFree(alternative: Alternative): boolean {
  return alternative.type === 'object' && isFreeForm(alternative);
}

/** The schema of an alternative as far as it has one of its own. */
function summary({ raws, type }: Alternative): unknown {
  return raws.findLast((raw) => Object.keys(raw).length > 0) ?? { type };
}

function inside(at: At, pointer: string): At {
  return { ...at, pointer: at.pointer + pointer, place: at.place + pointer };
}

function codeOf(code: Effect['code'], side: Side): ChangeCode {
  return code in MEMBER_CODES
    ? MEMBER_CODES[code as keyof typeof MEMBER_CODES][side]
    : (code as ChangeCode);
}

/** What is not certain is unknown, never breaking and never safe, unless it can only loosen. */
function classOf(code: ChangeCode, effect: Effect, side: Side, sure: Certainty): ChangeClass {
  const kind = CHANGE_RULES[code][side];
  const { narrows, widens, isSure } = effect;
  if (kind === 'safe' || (!narrows && !widens)) return kind;
  const decides = side === 'input' ? narrows || !widens : !widens;
  const isCertain = isSure && (decides ? sure.narrows : sure.widens);
  return isCertain ? kind : 'unknown';
}
