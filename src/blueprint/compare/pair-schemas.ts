import { VALUE_TYPES, type Alternative } from './alternative.js';
import { expand } from './expand.js';
import { createPair, settle, type Pair } from './graph.js';
import { createRoot, type Meaning, type Part, type Root } from './meaning.js';
import { compareNotes, isCut, withoutWords } from './notes.js';
import { compareAlternatives } from './pair-alternatives.js';
import { compareCut, compareTypes, ofType } from './pair-types.js';
import { createUnionComparison } from './pair-unions.js';
import { innerPairs } from './pair-words.js';
import { bareText, createStability, wholeText } from './text.js';

/** Two schemas and all that they refer to, compared; `pair` is the root of what was found. */
export type Comparison = {
  before: Root;
  after: Root;
  alternativesIn: (root: Root, meaning: Meaning) => readonly Alternative[];
  pair: Pair;
};

/** Compares two schemas of JSON Schema 2020-12, each with its own `$defs`. */
export function pairSchemas(schemaBefore: Part, schemaAfter: Part): Comparison {
  const before = createRoot(schemaBefore);
  const after = createRoot(schemaAfter);
  const isStable = createStability(before, after, wholeText);
  const isBareStable = createStability(before, after, bareText);
  const expanded = {
    before: new Map<string, Alternative[]>(),
    after: new Map<string, Alternative[]>(),
  };
  const known = new Map<string, Pair>();
  const pairs: Pair[] = [];

  const alternativesIn = (root: Root, meaning: Meaning): readonly Alternative[] => {
    const made = root === before ? expanded.before : expanded.after;
    const key = root.keyOf(meaning);
    const alternatives = made.get(key) ?? expand(root, meaning);
    made.set(key, alternatives);
    return alternatives;
  };

  const newPair = (a: readonly Alternative[] = [], b: readonly Alternative[] = []): Pair => {
    const pair = { ...createPair(), before: a, after: b };
    pairs.push(pair);
    return pair;
  };

  /** Words at this place, and a link to what is compared once wherever it is referred to. */
  const visit = (a: Meaning, b: Meaning): Pair => {
    const key = `${before.keyOf(a)}|${after.keyOf(b)}`;
    const made = known.get(key);
    if (made) return made;
    const pair = newPair();
    known.set(key, pair);
    if (areSameText(a, b)) return pair;
    pair.effects.push(...compareNotes([before, a], [after, b]));
    if (isCut(before, a) !== isCut(after, b)) {
      pair.effects.push(...compareCut(alternativesIn(before, a), alternativesIn(after, b)));
    } else {
      const isRoot = pair === pairs[0];
      const inner = visitValues(withoutWords(before, a), withoutWords(after, b), isRoot);
      pair.links.push({ pointer: '', pair: inner });
    }
    return pair;
  };

  const areSameText = (a: Meaning, b: Meaning): boolean =>
    a.length === b.length &&
    a.every((part, index) => {
      const text = wholeText(part);
      return text === wholeText(b[index]!) && isStable(text);
    });

  const visitValues = (a: Meaning, b: Meaning, isRoot: boolean): Pair => {
    const key = `values ${before.keyOf(a)}|${after.keyOf(b)}`;
    const made = known.get(key);
    if (made) return made;
    const inner = innerPairs(a, b, isBareStable);
    if (inner) {
      const pair = newPair();
      known.set(key, pair);
      for (const { pointer, parts } of inner) {
        pair.links.push({ pointer, pair: visit([parts[0]], [parts[1]]) });
      }
      return pair;
    }
    const [allA, allB] = [alternativesIn(before, a), alternativesIn(after, b)];
    const pair = newPair(allA, allB);
    known.set(key, pair);
    pair.effects.push(...compareTypes(allA, allB));
    for (const type of VALUE_TYPES) {
      const [ofA, ofB] = [ofType(allA, type), ofType(allB, type)];
      if (ofA.length === 0 || ofB.length === 0) continue;
      if (ofA.length === 1 && ofB.length === 1) compareInto(pair, ofA[0]!, ofB[0]!, isRoot);
      else compareUnion(pair, type, ofA, ofB);
    }
    return pair;
  };

  const compareInto = (pair: Pair, a: Alternative, b: Alternative, isRoot: boolean): void => {
    compareAlternatives(pair, a, b, {
      isRoot,
      link: (pointer, old, now) => pair.links.push({ pointer, pair: visit(old, now) }),
      equate: (keyword, old, now) =>
        pair.equals.push({ keyword, pointer: `/${keyword}`, pair: visit([old], [now]) }),
    });
  };

  const compareUnion = createUnionComparison({
    before,
    after,
    isStable: isBareStable,
    compare: (a, b) => {
      const pair = newPair([a], [b]);
      compareInto(pair, a, b, false);
      return pair;
    },
  });

  const pair = visit([schemaBefore], [schemaAfter]);
  settle(pairs);
  return { before, after, alternativesIn, pair };
}
