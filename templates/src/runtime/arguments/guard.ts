/** A value without prototypes: no key of it can be mistaken for something inherited. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What is wrong with one value: `path` is a JSON pointer (RFC 6901), empty for the arguments as a whole. */
export type Problem = { path: string; message: string };

/** `nodes`: how many values there are. `nameSteps`: how far a pattern may go through all names (their squared lengths). */
export type Size = { nodes: number; nameSteps: number };

export type Guarded = { value: Json } | { problem: Problem };

const MAX_DEPTH = 64;
/** About what a request of the largest size holds; looking at so many takes half a second. */
const MAX_NODES = 500_000;
const MAX_KEY_LENGTH = 512;
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Thrown inside the walk only. */
class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Copies parsed JSON without prototypes; refuses names that pollute prototypes, deep nesting and sheer number. `size` grows by
 * what was looked at.
 */
export function guard(given: unknown, size: Size): Guarded {
  const copy = (value: unknown, path: string, depth: number): Json => {
    size.nodes += 1;
    if (size.nodes > MAX_NODES) {
      const message = `more than ${MAX_NODES} values; send them in several calls`;
      throw new Refusal({ path: '', message });
    }
    if (depth > MAX_DEPTH) throw new Refusal({ path, message: `nested over ${MAX_DEPTH} levels` });
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) {
      return value.map((item, index) => copy(item, `${path}/${index}`, depth + 1));
    }
    if (typeof value !== 'object') throw new Refusal({ path, message: 'not a JSON value' });
    const entries: { [key: string]: Json } = Object.create(null);
    for (const [key, item] of Object.entries(value)) {
      const itemPath = `${path}/${escapeSegment(key)}`;
      if (REFUSED_KEYS.has(key)) {
        throw new Refusal({ path: itemPath, message: 'this name is not allowed' });
      }
      if (key.length > MAX_KEY_LENGTH) {
        throw new Refusal({ path, message: `a name is longer than ${MAX_KEY_LENGTH} characters` });
      }
      size.nameSteps += key.length ** 2;
      entries[key] = copy(item, itemPath, depth + 1);
    }
    return entries;
  };

  try {
    return { value: copy(given, '', 0) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}

/** One step of a JSON pointer (RFC 6901 §3). */
export function escapeSegment(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}
