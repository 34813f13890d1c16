import { samplePattern } from '../sample-pattern.js';
import type { StringFacets } from './alternative.js';
import { fitsScalar } from './values.js';

/** Texts that show what a pattern or a format refuses. */
const TEXTS = [
  '',
  'a',
  'A',
  '0',
  '-',
  ' ',
  'é',
  'abc def',
  'example',
  '12345',
  '2024-01-31',
  '2024-01-31T12:00:00Z',
  'P1D',
  '12:00:00Z',
  'a@example.com',
  'example.com',
  '127.0.0.1',
  '::1',
  'https://example.com/',
  '123e4567-e89b-42d3-a456-426614174000',
];

/** Longest text that is tried. */
const MAX_LENGTH = 200;

/** Some texts that are allowed, the least and the greatest lengths among them; none where none is found. */
export function sampleTexts(facets: StringFacets): string[] {
  const { low, high, patterns } = facets;
  const lengths = [low, low + 1, high, high - 1].filter((n) => n >= 0 && n <= MAX_LENGTH);
  const candidates = [...TEXTS, ...lengths.map((length) => 'a'.repeat(length))];
  const [pattern] = patterns;
  if (pattern !== undefined) {
    const made = matching(pattern, low, Math.min(high, MAX_LENGTH));
    if (made !== undefined) candidates.push(made);
  }
  const whole = { ...facets, path: '', conditions: [], raws: [] };
  return [...new Set(candidates)].filter((text) => fitsScalar(whole, text));
}

function matching(pattern: string, least: number, most: number): string | undefined {
  try {
    return samplePattern(pattern, { least, most });
  } catch {
    return undefined;
  }
}
