import { UserInputError } from '../calls/user-input-error.js';

/** Whether a path, as its names, fits. */
export type Glob = (names: readonly string[]) => boolean;

type Part = '**' | Token[];
type Token = { is: 'star' } | { is: 'any' } | { is: 'one'; fits: (char: string) => boolean };

const MAX_PATTERN = 1_000;
const MAX_ALTERNATIVES = 64;

/**
 * A pattern with `*`, `?`, `[a-z]`, `{a,b}` and `**` for any number of folders. Without a "/" it fits a name at any depth,
 * with one in front only at the top.
 * Takes time in proportion to the lengths of pattern and path, whatever they are. Throws UserInputError.
 */
export function compileGlob(pattern: string): Glob {
  if (pattern.length > MAX_PATTERN) throw new UserInputError('The pattern is too long.');
  const trimmed = pattern.replace(/^(?:\.?\/)+/, '');
  if (trimmed.split('/').includes('..')) {
    throw new UserInputError('The pattern has ".." in it: paths cannot lead upwards.');
  }
  const isFromTop = trimmed !== pattern;
  const alternatives = expandBraces(trimmed).map((one) => partsOf(one, isFromTop));
  return (names) => alternatives.some((parts) => fitsParts(parts, names));
}

function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0) {
    const next = open.pop()!;
    const [whole, inner] = /\{([^{}]*)\}/.exec(next) ?? [];
    if (whole === undefined || inner === undefined) done.push(next);
    else open.push(...inner.split(',').map((one) => next.replace(whole, () => one)));
    if (done.length + open.length > MAX_ALTERNATIVES) {
      throw new UserInputError('The pattern has too many alternatives.');
    }
  }
  return done;
}

function partsOf(pattern: string, isFromTop: boolean): Part[] {
  const names = pattern.split('/').filter((name) => name !== '' && name !== '.');
  if (pattern.endsWith('/')) names.push('**');
  const parts = names.map((name): Part => (name === '**' ? '**' : tokensOf(name)));
  return isFromTop || pattern.includes('/') || names[0] === '**' ? parts : ['**', ...parts];
}

function tokensOf(name: string): Token[] {
  const tokens: Token[] = [];
  const chars = [...name];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at]!;
    if (char === '*') {
      if (tokens.at(-1)?.is !== 'star') tokens.push({ is: 'star' });
    } else if (char === '?') {
      tokens.push({ is: 'any' });
    } else {
      const end = char === '[' ? chars.indexOf(']', at + 2) : -1;
      if (end < 0) tokens.push({ is: 'one', fits: (other) => other === char });
      else tokens.push({ is: 'one', fits: setOf(chars.slice(at + 1, end)) });
      if (end >= 0) at = end;
    }
  }
  return tokens;
}

function setOf(chars: readonly string[]): (char: string) => boolean {
  const isNegated = chars[0] === '!' || chars[0] === '^';
  const rest = isNegated ? chars.slice(1) : chars;
  const ranges: [string, string][] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const isRange = rest[at + 1] === '-' && at + 2 < rest.length;
    ranges.push([rest[at]!, rest[isRange ? at + 2 : at]!]);
    if (isRange) at += 2;
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to) !== isNegated;
}

function fitsParts(parts: readonly Part[], names: readonly string[]): boolean {
  return fits(
    parts,
    names,
    (part) => part === '**',
    (part, name) =>
      fits(
        part as Token[],
        [...name],
        ({ is }) => is === 'star',
        (token, char) => token.is !== 'one' || token.fits(char),
      ),
  );
}

/** Going back only to the last star is enough: what it gave up an earlier one could not use better. */
function fits<Pattern, Item>(
  pattern: readonly Pattern[],
  items: readonly Item[],
  isStar: (one: Pattern) => boolean,
  isFit: (one: Pattern, item: Item) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let item = 0; item < items.length;) {
    const one = pattern[at];
    if (one !== undefined && isStar(one)) {
      star = at;
      at += 1;
      resume = item;
    } else if (one !== undefined && isFit(one, items[item]!)) {
      at += 1;
      item += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      item = resume;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isStar);
}
