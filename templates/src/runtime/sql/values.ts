import { closest } from '../arguments/closest.js';
import { UserInputError } from '../calls/user-input-error.js';
import type { SqlColumn, SqlColumnKind, SqlDialect } from './database.js';
import type { SqlValue } from './driver.js';
import { integerRange } from './integer-range.js';
import { listed, shown } from './names.js';
import { shapeProblem } from './value-shapes.js';

/** What a value is for: its name in messages, and what is known of its column. */
export type ValueFor = Pick<SqlColumn, 'kind' | 'type' | 'element' | 'values'> & { name: string };

const MAX_ITEMS = 10_000;

/**
 * A value from a call as a parameter: of the kind of its column, with nothing rounded and nothing that the database would
 * silently change. Throws UserInputError that says what is wanted.
 */
export function checkValue(given: unknown, target: ValueFor, dialect: SqlDialect): SqlValue {
  const { kind, name } = target;
  if (given === null || given === undefined) throw new UserInputError(`${name} needs a value.`);
  if (kind === 'integer' || kind === 'bigint') return wholeNumber(given, target, dialect);
  if (kind === 'decimal') return decimal(given, target);
  if (kind === 'float') return float(given, target, dialect);
  if (kind === 'boolean') return truth(given, target);
  if (kind === 'binary') return bytes(given, target);
  if (kind === 'json') return json(given, target);
  if (kind === 'array') return array(given, target, dialect);
  if (kind === 'set') return set(given, target);
  const text = plainText(given, target);
  // Also those of a text of which a check lists all values.
  if (kind === 'enum' || (kind === 'text' && target.values)) return member(text, target);
  const problem = shapeProblem(text, kind, dialect);
  if (problem !== undefined) throw wrong(target, problem, given);
  return text;
}

function wrong({ name }: ValueFor, wanted: string, given: unknown): UserInputError {
  const text = typeof given === 'string' ? shown(given) : shown(JSON.stringify(given) ?? '');
  return new UserInputError(`${name} must be ${wanted}, not ${text}.`);
}

const WHOLE = /^-?\d{1,40}$/;

function wholeNumber(given: unknown, target: ValueFor, dialect: SqlDialect): SqlValue {
  if (typeof given === 'number' && Number.isInteger(given) && !Number.isSafeInteger(given)) {
    throw wrong(target, 'sent as text: it is too large for a number', given);
  }
  const text = typeof given === 'number' ? String(given) : given;
  if (typeof text !== 'string' || !WHOLE.test(text)) throw wrong(target, 'a whole number', given);
  const value = BigInt(text);
  const { min, max } = integerRange(target, dialect);
  if (value < min || value > max) throw wrong(target, `from ${min} to ${max}`, given);
  const isSmall = target.kind === 'integer' && Number.isSafeInteger(Number(text));
  return isSmall ? Number(text) : value.toString();
}

const DECIMAL = /^[+-]?(\d{1,200}(\.\d{0,200})?|\.\d{1,200})$/;
/** Digits that every double keeps. */
const EXACT_DIGITS = 15;

function decimal(given: unknown, target: ValueFor): SqlValue {
  if (typeof given !== 'number' && typeof given !== 'string') {
    throw wrong(target, 'a number, or its digits as text', given);
  }
  const text = String(given);
  if (!DECIMAL.test(text)) throw wrong(target, 'a decimal number without exponent', given);
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  if (typeof given === 'number' && digits.length > EXACT_DIGITS) {
    throw wrong(
      target,
      `sent as text: a number of more than ${EXACT_DIGITS} digits is rounded`,
      given,
    );
  }
  return text;
}

const FLOAT = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$/;
const ENDLESS = new Set(['NaN', 'Infinity', '-Infinity']);

function float(given: unknown, target: ValueFor, dialect: SqlDialect): SqlValue {
  if (typeof given === 'number') return given;
  if (typeof given === 'string' && given.length < 400) {
    if (FLOAT.test(given) && Number.isFinite(Number(given))) return Number(given);
    if (dialect === 'postgres' && ENDLESS.has(given)) return given;
  }
  throw wrong(target, 'a number', given);
}

function truth(given: unknown, target: ValueFor): SqlValue {
  if (typeof given === 'boolean') return given;
  if (given === 1 || given === 'true') return true;
  if (given === 0 || given === 'false') return false;
  throw wrong(target, 'true or false', given);
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

function bytes(given: unknown, target: ValueFor): SqlValue {
  if (typeof given !== 'string') throw wrong(target, 'base64', given);
  const digits = given.replace(/=+$/, '');
  if (!BASE64.test(given) || digits.length % 4 === 1) throw wrong(target, 'base64', given);
  return new Uint8Array(Buffer.from(given, 'base64'));
}

function json(given: unknown, target: ValueFor): SqlValue {
  // Several clients send JSON as text; a text that is meant as such does not look like an object or a list.
  if (typeof given === 'string' && /^\s*[[{]/.test(given)) {
    try {
      JSON.parse(given);
      return plainText(given, target);
    } catch {
      return JSON.stringify(plainText(given, target));
    }
  }
  return plainText(JSON.stringify(given), target);
}

function array(given: unknown, target: ValueFor, dialect: SqlDialect): SqlValue {
  if (!Array.isArray(given)) throw wrong(target, 'a list', given);
  if (given.length > MAX_ITEMS) throw wrong(target, `of at most ${MAX_ITEMS} items`, given.length);
  const element = elementOf(target);
  return given.map((item: unknown) => {
    if (item === null) return null;
    return checkValue(item, Array.isArray(item) ? target : element, dialect);
  });
}

/** What the items of an array column are. */
export function elementOf(target: ValueFor): ValueFor {
  const { name, values, element = 'text', type } = target;
  return {
    name: `an item of ${name}`,
    kind: element,
    type: type.replace(/(\[\d*\])+$/, ''),
    ...(values !== undefined && { values }),
  };
}

function set(given: unknown, target: ValueFor): SqlValue {
  const items = Array.isArray(given) ? given : plainText(given, target).split(',');
  const texts = items.map((item: unknown) => member(plainText(item, target), target));
  return texts.join(',');
}

function member(text: string, target: ValueFor): string {
  const { name, values } = target;
  // MySQL keeps the empty text for a value that was none, and an empty set is one.
  if (values === undefined || values.includes(text)) return text;
  if (text === '' && target.kind === 'set') return text;
  const similar = closest(text, values);
  const hint = similar === undefined ? '.' : `; did you mean ${shown(similar)}?`;
  throw new UserInputError(
    `${name} has no value ${shown(text)}${hint} ${listed('Values', values)}`,
  );
}

const TEXTS: ReadonlySet<SqlColumnKind> = new Set(['text', 'other', 'enum']);

function plainText(given: unknown, target: ValueFor): string {
  const isNumber = TEXTS.has(target.kind) && Number.isSafeInteger(given);
  const text = isNumber ? String(given) : given;
  if (typeof text !== 'string') throw wrong(target, 'a text', given);
  if (text.includes('\0')) throw new UserInputError(`${target.name} must not hold U+0000.`);
  if (/\p{Surrogate}/u.test(text)) {
    throw new UserInputError(`${target.name} holds half of a character (a lone surrogate).`);
  }
  return text;
}
