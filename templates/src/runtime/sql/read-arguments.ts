import { UserInputError } from '../calls/user-input-error.js';

/** Arguments of a call. Their schema was checked; what a table allows is checked with the table at hand. */
export type Arguments = Record<string, unknown>;

/** A text; undefined where there is none. Throws UserInputError, as all of these do. */
export function readText(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new UserInputError(`${name} must be a text.`);
}

/** A text that has to be there. */
export function needText(args: Arguments, name: string): string {
  const value = readText(args, name);
  if (value !== undefined && value !== '') return value;
  throw new UserInputError(`${name} is missing.`);
}

/** A list of texts, at most `max`, each once. */
export function readNames(args: Arguments, name: string, max: number): string[] | undefined {
  const value = args[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    if (value.length > max) throw new UserInputError(`${name} may have at most ${max} entries.`);
    return [...new Set(value)];
  }
  throw new UserInputError(`${name} must be a list of texts.`);
}

/** A list of objects, at most `max`. */
export function readList(args: Arguments, name: string, max: number): Arguments[] {
  const value = args[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new UserInputError(`${name} must be a list of objects.`);
  }
  if (value.length > max) throw new UserInputError(`${name} may have at most ${max} entries.`);
  return value;
}

/** An object that has to be there, with at least one member. */
export function needObject(args: Arguments, name: string): Arguments {
  const value = args[name];
  if (isObject(value)) return value;
  throw new UserInputError(`${name} must be an object.`);
}

/** How many rows are wanted. More than there may be is no error: `capped` says that it was lowered. */
export function readLimit(
  args: Arguments,
  { defaultRows, maxRows }: { defaultRows: number; maxRows: number },
): { limit: number; capped: boolean } {
  const { limit } = args;
  if (limit === undefined || limit === null) {
    return { limit: Math.min(defaultRows, maxRows), capped: false };
  }
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1) {
    throw new UserInputError('limit must be a whole number of at least 1.');
  }
  return { limit: Math.min(limit, maxRows), capped: limit > maxRows };
}

function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
