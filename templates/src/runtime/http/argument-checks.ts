import { Refusal } from './refusal.js';

/** Whole numbers from here on print in exponent notation: a measure, never an identifier. */
const EXPONENT_FROM = 1e21;

/**
 * Refuses what JSON lets through but no request can carry exactly: whole numbers that JavaScript
 * has already rounded, and lone surrogates, which are no text in any encoding. Throws Refusal
 * naming the place.
 */
export function checkArguments(value: unknown, path = ''): void {
  if (typeof value === 'number') return checkNumber(value, path);
  if (typeof value === 'string') return checkText(value, path);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [key, member] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`;
    checkText(key, place);
    checkArguments(member, place);
  }
}

function checkNumber(value: number, path: string): void {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
  if (Math.abs(value) >= EXPONENT_FROM) return;
  throw new Refusal(
    `${path}: whole numbers above 9007199254740991 lose digits on the way; send it as a string of digits.`,
  );
}

function checkText(text: string, path: string): void {
  if (/\p{Surrogate}/u.test(text)) {
    throw new Refusal(`${path}: holds half of a character (a lone surrogate); send complete text.`);
  }
}
