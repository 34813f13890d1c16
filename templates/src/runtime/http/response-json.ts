import { isLosslessNumber, parse, type LosslessNumber } from 'lossless-json';
import { isRecord } from './wire-text.js';

/** Deeper nesting is no data that anybody reads, and endangers every recursive reader after us. */
const MAX_DEPTH = 200;

/** Plain data, or what is wrong with the text. */
export type ParsedJson = { value: unknown } | { problem: 'invalid' | 'too deep' };

/**
 * JSON as plain data that loses nothing silently: whole numbers beyond 2^53-1 become strings of
 * their digits. Every string, keys too, goes through `clean`, and so do the digits of numbers: one that
 * holds a secret becomes a string.
 */
export function parseResponseJson(text: string, clean: (text: string) => string): ParsedJson {
  if (isTooDeep(text)) return { problem: 'too deep' };
  try {
    // The exact parser is ten times slower, and matters only where there are many digits.
    const parsed = /\d{16}|\d[eE]/.test(text)
      ? parse(text, undefined, { onDuplicateKey: ({ newValue }) => newValue })
      : (JSON.parse(text) as unknown);
    return { value: plain(parsed, clean) };
  } catch {
    return { problem: 'invalid' };
  }
}

function plain(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (isLosslessNumber(value)) return cleanNumber(plainNumber(value), clean);
  if (typeof value === 'number') return cleanNumber(value, clean);
  if (Array.isArray(value)) return value.map((item) => plain(item, clean));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [clean(key), plain(member, clean)]),
  );
}

/**
 * Fractions may lose digits that no double holds, whole numbers may not; what overflows stays
 * text.
 */
function plainNumber(number: LosslessNumber): number | string {
  const value = Number(number.value);
  if (!Number.isFinite(value)) return number.value;
  const isWhole = /^-?\d+$/.test(number.value);
  return isWhole && !Number.isSafeInteger(value) ? number.value : value;
}

/** A secret may be a number, and is one of few digits never. */
function cleanNumber(value: number | string, clean: (text: string) => string): number | string {
  const text = String(value);
  if (text.length < 4) return value;
  const cleaned = clean(text);
  return cleaned === text ? value : cleaned;
}

/** Counts brackets outside strings, so that no parser has to go deep to find out. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
