import { format } from '@cfworker/json-schema';

/** A step takes about a nanosecond. */
const MAX_STEPS = 500_000_000;

/** Longer strings are not matched against a pattern but refused. */
export const MAX_PATTERN_INPUT = 10_000;

/** Steps of an anchored pattern per character: the few ways in which one that was let through can go on. */
const ANCHORED_WAYS = 16;

/** Two texts may differ in their last character only. */
const STEPS_PER_VALUE = 20;

/** A check is one piece of synchronous work, so there is never more than one to count for. */
let left = MAX_STEPS;

/** To check the arguments would take long, however small each part of them is. */
export class EffortError extends Error {
  constructor() {
    super('too much to check');
    this.name = 'EffortError';
  }
}

/** Begins to count anew, towards a part of what may be spent. */
export function resetEffort(part = 1): void {
  left = MAX_STEPS * part;
}

/** Throws EffortError when it is too much together with all since `resetEffort`. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new EffortError();
}

const PREFIX = 'pattern:';

/**
 * The `format` that stands for a pattern in what the validator gets: the expression is kept from one string to the next, and
 * what it may cost is counted.
 */
export function patternFormat(pattern: string): string {
  const name = `${PREFIX}${pattern}`;
  format[name] ??= createMatcher(pattern);
  return name;
}

/** The pattern of a format that `patternFormat` has given. */
export function patternOf(name: unknown): string {
  return String(name).slice(PREFIX.length);
}

function createMatcher(pattern: string): (text: string) => boolean {
  const expression = new RegExp(pattern, 'u');
  const isAnchored = pattern.startsWith('^') && !pattern.includes('|');
  return (text) => {
    // Surely more characters than are allowed (each has one or two units), which is an error of its own.
    if (text.length > 2 * MAX_PATTERN_INPUT) return true;
    // A search without an anchor begins anew at every character.
    spend(text.length * (isAnchored ? ANCHORED_WAYS : text.length));
    return expression.test(text);
  };
}

/** Values of an `enum` that count how often they are gone through. */
class CountedValues extends Array<unknown> {
  // Whatever is made of them are ordinary arrays.
  static override get [Symbol.species]() {
    return Array;
  }

  override some(isWanted: (value: unknown, index: number, all: unknown[]) => unknown): boolean {
    spend(STEPS_PER_VALUE * this.length);
    return super.some(isWanted);
  }

  /** The validator writes them into every error, where nobody reads them. */
  toJSON(): string {
    return '…';
  }
}

/** The values in a list that counts. */
export function counted(values: readonly unknown[]): CountedValues {
  const list = new CountedValues();
  for (const value of values) list.push(value);
  return list;
}
