import { VALUE_TYPES, type Alternative, type Form, type ValueType } from './alternative.js';
import { narrowing, noting, shifting, widening } from './effect.js';
import { expand } from './expand.js';
import { createPair, settle, type Effect, type Pair, type Union } from './graph.js';
import { canonicalJson } from './json.js';
import { createRoot, type Meaning, type Part, type Root } from './meaning.js';
import { compareAlternatives } from './pair-alternatives.js';
import { bareText, createStability, wholeText } from './text.js';

/** Most pairs of alternatives of one type that are tried against each other. */
const MAX_TRIALS = 900;

/** Two schemas and all that they refer to, compared; `pair` is the root of what was found. */
export type Comparison = {
  before: Root;
  after: Root;
  formOf: (root: Root, meaning: Meaning) => Form;
  pair: Pair;
};

/** Compares two schemas of JSON Schema 2020-12, each with its own `$defs`. */
export function pairSchemas(schemaBefore: Part, schemaAfter: Part): Comparison {
  const before = createRoot(schemaBefore);
  const after = createRoot(schemaAfter);
  const isStable = createStability(before, after, wholeText);
  const isBareStable = createStability(before, after, bareText);
  const forms = new Map<Root, Map<string, Form>>([
    [before, new Map()],
    [after, new Map()],
  ]);
  const known = new Map<string, Pair>();
  const pairs: Pair[] = [];

  const formOf = (root: Root, meaning: Meaning): Form => {
    const key = root.keyOf(meaning);
    const form = forms.get(root)!.get(key) ?? expand(root, meaning);
    forms.get(root)!.set(key, form);
    return form;
  };

  const visit = (a: Meaning, b: Meaning): Pair => {
    const key = `${before.keyOf(a)}|${after.keyOf(b)}`;
    const made = known.get(key);
    if (made) return made;
    const pair = createPair();
    known.set(key, pair);
    pairs.push(pair);
    if (!areSameText(a, b))
      compareForms(pair, formOf(before, a), formOf(after, b), pairs.length === 1);
    return pair;
  };

  const areSameText = (a: Meaning, b: Meaning): boolean =>
    a.length === b.length &&
    a.every((part, index) => {
      const text = wholeText(part);
      return text === wholeText(b[index]!) && isStable(text);
    });

  const compareForms = (pair: Pair, a: Form, b: Form, isRoot: boolean): void => {
    pair.effects.push(...compareNotes(a, b));
    if (a.isCut !== b.isCut) {
      pair.effects.push(...compareCut(a, b));
      return;
    }
    pair.effects.push(...compareTypes(a, b));
    for (const type of VALUE_TYPES) {
      const [ofA, ofB] = [ofType(a, type), ofType(b, type)];
      const [first, second] = [ofA[0], ofB[0]];
      if (first === undefined || second === undefined) continue;
      if (ofA.length === 1 && ofB.length === 1) compareInto(pair, first, second, isRoot);
      else pair.unions.push(compareUnion(pair, type, ofA, ofB));
    }
  };

  const compareInto = (pair: Pair, a: Alternative, b: Alternative, isRoot: boolean): void => {
    compareAlternatives(pair, a, b, {
      isRoot,
      link: (pointer, old, now) => pair.links.push({ pointer, pair: visit(old, now) }),
      equate: (keyword, old, now) =>
        pair.equals.push({ keyword, pointer: `/${keyword}`, pair: visit([old], [now]) }),
    });
  };

  const compareUnion = (
    pair: Pair,
    type: ValueType,
    ofA: readonly Alternative[],
    ofB: readonly Alternative[],
  ): Union => {
    const union: Union = { type, before: ofA, after: ofB, pairs: new Map(), equal: new Map() };
    const waiting = new Map<string, number[]>();
    ofB.forEach((b, index) => {
      const text = fingerprint(b, isBareStable) ?? `after ${index}`;
      waiting.set(text, [...(waiting.get(text) ?? []), index]);
    });
    const compare = (a: number, b: number): void => {
      const inner = createPair();
      pairs.push(inner);
      const row = union.pairs.get(a) ?? new Map<number, Pair>();
      union.pairs.set(a, row.set(b, inner));
      compareInto(inner, ofA[a]!, ofB[b]!, false);
    };
    ofA.forEach((a, index) => {
      const equal = waiting.get(fingerprint(a, isBareStable) ?? `before ${index}`)?.shift();
      if (equal === undefined) return;
      union.equal.set(index, equal);
      compare(index, equal);
    });
    const restA = ofA.map((_, index) => index).filter((index) => !union.equal.has(index));
    const taken = new Set(union.equal.values());
    const restB = ofB.map((_, index) => index).filter((index) => !taken.has(index));
    if (restA.length * ofB.length + restB.length * ofA.length > MAX_TRIALS) {
      pair.effects.push(shifting('condition-changed', { pointer: '/anyOf', isSure: false }));
      return { ...union, before: [], after: [] };
    }
    for (const a of restA) for (const b of ofB.keys()) compare(a, b);
    for (const b of restB) for (const a of union.equal.keys()) compare(a, b);
    return union;
  };

  const pair = visit([schemaBefore], [schemaAfter]);
  settle(pairs);
  return { before, after, formOf, pair };
}

function ofType(form: Form, type: ValueType): Alternative[] {
  return form.alternatives.filter((alternative) => alternative.type === type);
}

/** A text that is equal for alternatives of the same meaning; undefined where it refers to what differs. */
function fingerprint(
  { raws, conditions, values }: Alternative,
  isStable: (text: string) => boolean,
): string | undefined {
  const parts = [...raws, ...conditions.flatMap(({ schemas }) => schemas)].map(bareText);
  if (!parts.every(isStable)) return undefined;
  const words = conditions.map(({ keyword, rest }) => [keyword, rest]);
  return canonicalJson([
    parts.slice(0, raws.length).sort(),
    parts.slice(raws.length),
    words,
    values ?? null,
  ]);
}

function compareTypes(a: Form, b: Form): Effect[] {
  const lost = VALUE_TYPES.some(
    (type) => ofType(a, type).length > 0 && ofType(b, type).length === 0,
  );
  const won = VALUE_TYPES.some(
    (type) => ofType(b, type).length > 0 && ofType(a, type).length === 0,
  );
  const types = { before: typeNames(a), after: typeNames(b) };
  if (lost && won) return [shifting('type-changed', types)];
  if (lost) return [narrowing('type-narrowed', types)];
  return won ? [widening('type-widened', types)] : [];
}

/** The types that a schema names; all of them are `any`. */
function typeNames(form: Form): string[] {
  const names = VALUE_TYPES.filter((type) => ofType(form, type).length > 0).map((type) => {
    if (type !== 'number') return type;
    return ofType(form, type).every(isWhole) ? 'integer' : 'number';
  });
  return names.length === VALUE_TYPES.length ? ['any'] : names;
}

function isWhole(alternative: Alternative): boolean {
  if (alternative.values) return alternative.values.every(Number.isInteger);
  return alternative.type === 'number' && alternative.integer;
}

/** Where details were left out on one side, only types that exclude each other are certain to differ. */
function compareCut(a: Form, b: Form): Effect[] {
  const share = VALUE_TYPES.some(
    (type) => ofType(a, type).length > 0 && ofType(b, type).length > 0,
  );
  const types = { before: typeNames(a), after: typeNames(b) };
  return [
    share ? shifting('details-left-out', { isSure: false }) : shifting('type-changed', types),
  ];
}

function compareNotes({ notes: a }: Form, { notes: b }: Form): Effect[] {
  const effects: Effect[] = [];
  if (
    canonicalJson([a.default]) !== canonicalJson([b.default]) ||
    'default' in a !== 'default' in b
  ) {
    effects.push(
      noting('default-changed', {
        pointer: '/default',
        ...('default' in a && { before: a.default }),
        ...('default' in b && { after: b.default }),
      }),
    );
  }
  if (a.description !== b.description) {
    effects.push(
      noting('field-description-changed', {
        pointer: '/description',
        ...(a.description !== undefined && { before: a.description }),
        ...(b.description !== undefined && { after: b.description }),
      }),
    );
  }
  if (a.deprecated === b.deprecated) return effects;
  const code = b.deprecated ? 'field-deprecated' : 'field-undeprecated';
  return [...effects, noting(code, { pointer: '/deprecated' })];
}
