import { unescaped, type View } from './unescape.js';

const HIDDEN = '***';

/** Shorter values would blank out ordinary words. */
const SHORTEST_SECRET = 4;
/** Of tokens, which others choose, short ones are known only together with what stands before them in a request. */
const SHORTEST_TOKEN = 16;

/** Texts inside texts: JSON in a string of JSON, in a web page, in a URL. */
const MAX_LEVELS = 4;

export type Redactor = {
  /** The text without any known secret, however it is spelled: escaped in JSON, HTML or a URL, also several times, or in base64. */
  redact: (text: string) => string;
  /** Makes a fetched token known. Of each slot the last two are: an answer may still speak of the one before. */
  add: (token: string, slot: string) => void;
};

/** Replaces every known secret by `***`. */
export function createRedactor(secrets: readonly string[] = []): Redactor {
  const given = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const tokens = new Map<string, string[]>();
  let pattern = patternOf(given);

  const add = (token: string, slot: string): void => {
    const secret = token.length < SHORTEST_TOKEN ? `Bearer ${token}` : token;
    const known = tokens.get(slot) ?? [];
    if (known[0] === secret) return;
    tokens.set(slot, [secret, ...known.slice(0, 1)]);
    pattern = patternOf([...given, ...[...tokens.values()].flat()]);
  };
  return { add, redact: (text) => (pattern === undefined ? text : withoutMatches(text, pattern)) };
}

function patternOf(secrets: readonly string[]): RegExp | undefined {
  if (secrets.length === 0) return undefined;
  // Longest first: a secret that contains another one must not leave its rest behind.
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return new RegExp(forms.map(escapeRegExp).join('|'), 'g');
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64');
  return [
    secret,
    secret.replaceAll(' ', '+'),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** From the first character that is hidden to the one after the last, in the text as it is written. */
type Range = [from: number, to: number];

function withoutMatches(text: string, pattern: RegExp): string {
  const ranges: Range[] = [];
  const whole: View = { text, starts: undefined };
  const first = unescaped(whole);
  let view: View | undefined = whole;
  for (let level = 0; view !== undefined && level <= MAX_LEVELS; level += 1) {
    for (const { 0: found, index } of view.text.matchAll(pattern)) {
      ranges.push(widened(written(view, index, found.length), first?.starts));
    }
    view = view === whole ? first : unescaped(view);
  }
  if (ranges.length === 0) return text;
  const pieces: string[] = [];
  let done = 0;
  for (const [from, to] of merged(ranges)) {
    pieces.push(text.slice(done, from), HIDDEN);
    done = to;
  }
  return pieces.join('') + text.slice(done);
}

function written({ starts }: View, index: number, length: number): Range {
  if (starts === undefined) return [index, index + length];
  const last = starts[index + length - 1] ?? 0;
  let end = index + length;
  // One escape can stand for several characters, which all begin where it begins.
  while (end < starts.length - 1 && (starts[end] ?? 0) <= last) end += 1;
  return [starts[index] ?? 0, starts[end] ?? 0];
}

function merged(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Half an escape must not be left: what is around it would be no JSON any more. */
function widened([from, to]: Range, starts: Uint32Array | undefined): Range {
  if (starts === undefined) return [from, to];
  const begin = lowerBound(starts, from);
  const end = lowerBound(starts, to);
  return [starts[begin] === from ? from : (starts[begin - 1] ?? from), starts[end] ?? to];
}

/** Index of the first entry that is not below the value. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
