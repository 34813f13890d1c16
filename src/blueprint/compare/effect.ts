import type { Effect } from './graph.js';

type Parts = { pointer?: string; before?: unknown; after?: unknown; isSure?: boolean };

/** Some values are no longer allowed. */
export function narrowing(code: Effect['code'], parts: Parts = {}): Effect {
  return effect(code, true, false, parts);
}

/** Some values are allowed that were not. */
export function widening(code: Effect['code'], parts: Parts = {}): Effect {
  return effect(code, false, true, parts);
}

/** Some values go and others come. */
export function shifting(code: Effect['code'], parts: Parts = {}): Effect {
  return effect(code, true, true, parts);
}

/** The same values are allowed. */
export function noting(code: Effect['code'], parts: Parts = {}): Effect {
  return effect(code, false, false, parts);
}

function effect(code: Effect['code'], narrows: boolean, widens: boolean, parts: Parts): Effect {
  const { pointer = '', isSure = true, ...values } = parts;
  return { code, pointer, narrows, widens, isSure, ...values };
}
