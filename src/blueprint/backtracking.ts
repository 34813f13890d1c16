/** How an engine can go through a text: by how many choices that do not depend on it, and repetitions that do. */
type Ways = { paths: number; loops: number };

const ONE: Ways = { paths: 1, loops: 0 };
const TOO_MANY: Ways = { paths: Infinity, loops: Infinity };

/** A repetition with more counts to choose from grows with the text like one without an end. */
const MAX_COUNTS = 20;
const MAX_PATHS = 1_000;
const MAX_PATHS_OF_A_LOOP = 16;

/** Escapes as a whole, classes, the heads of groups and assertions, and single characters. */
const TOKEN =
  /\\(?:u\{[^}]*\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?|\{(\d+)(,(\d*))?\}|./gsu;

/**
 * Whether a regular expression, valid under the `u` flag, needs a closer look: one that tries few ways whatever the text is
 * cannot take exponential time (one repetition of what matches in one way only, and a handful of choices beside it; before
 * it any number of those that end where another character must follow).
 */
export function canBacktrack(pattern: string): boolean {
  const tokens = [...pattern.matchAll(TOKEN)];
  // What looks back is matched from its end.
  const isForward = !tokens.some(([token]) => token.startsWith('(?<') && /[=!]$/.test(token));
  let at = 0;
  let depth = 0;

  const alternatives = (): Ways => {
    const all = [sequence()];
    while (tokens[at]?.[0] === '|') {
      at += 1;
      all.push(sequence());
    }
    return {
      paths: all.reduce((sum, { paths }) => sum + paths, 0),
      loops: all.reduce((sum, { loops }) => sum + loops, 0),
    };
  };

  const sequence = (): Ways => {
    let ways = ONE;
    while (at < tokens.length && !/^[|)]$/.test(tokens[at]![0])) {
      const [token] = tokens[at]!;
      const found = repeated(atom());
      const isFirst = isForward && depth === 0 && ways.loops === 0 && ways.paths === 1;
      const part = isFirst && endsBefore(token, tokens[at], tokens[at + 1]) ? ONE : found;
      ways = { paths: ways.paths * part.paths, loops: ways.loops + part.loops };
    }
    return ways;
  };

  const atom = (): Ways => {
    const [token] = tokens[at++]!;
    // What was captured decides what matches later.
    if (/^\\(?:[1-9]|k<)/.test(token)) return TOO_MANY;
    if (!token.startsWith('(')) return ONE;
    depth += 1;
    const inner = alternatives();
    depth -= 1;
    at += 1;
    return inner;
  };

  const repeated = (ways: Ways): Ways => {
    const [token = '', least = '', range, most = ''] = tokens[at] ?? [];
    const bounds: Record<string, [number, number]> = {
      '*': [0, Infinity],
      '+': [1, Infinity],
      '?': [0, 1],
    };
    const counted = [Number(least), range === undefined ? Number(least) : Number(most || Infinity)];
    const [min, max] = bounds[token] ?? (least === '' ? [] : counted);
    if (min === undefined || max === undefined) return ways;
    at += tokens[at + 1]?.[0] === '?' ? 2 : 1;
    if (max === 0) return ONE;
    if (max - min > MAX_COUNTS) {
      return ways.paths === 1 && ways.loops === 0 ? { paths: 1, loops: 1 } : TOO_MANY;
    }
    let paths = 0;
    for (let count = min; count <= max; count += 1) paths += ways.paths ** count;
    return { paths, loops: ways.loops === 0 ? 0 : ways.loops * max };
  };

  const { paths, loops } = alternatives();
  return loops > 1 || paths > (loops === 1 ? MAX_PATHS_OF_A_LOOP : MAX_PATHS);
}

/**
 * Whether a character must follow that the repeated atom does not match: then there is one place where the repetition can end.
 */
function endsBefore(
  atom: string,
  next: RegExpExecArray | undefined,
  following: RegExpExecArray | undefined,
): boolean {
  const literal = /^(?:\\([^a-z0-9])|([^\\^$.*+?()[\]{}|]))$/isu.exec(next?.[0] ?? '');
  const character = literal?.[1] ?? literal?.[2];
  if (character === undefined || atom.startsWith('(')) return false;
  const mayBeMissing = following?.[1] === '0' || /^[*?]$/.test(following?.[0] ?? '');
  return !mayBeMissing && !new RegExp(`^${atom}$`, 'u').test(character);
}

/** A repetition with fewer counts to choose from is left as it is. */
const FEW_COUNTS = 5;

/**
 * The pattern with its wide bounded repetitions unbounded. Analysers call what matches a finite set of texts safe, however
 * many ways there are to try (`^(?:a{1,9}){1,9}$` takes seconds for 40 characters); without the bounds they see them.
 */
export function withoutBounds(pattern: string): string {
  return pattern.replace(TOKEN, (token: string, least?: string, range?: string, most?: string) => {
    const isWide = range !== undefined && Number(most || Infinity) - Number(least) >= FEW_COUNTS;
    return isWide ? `{${least},}` : token;
  });
}

/** What looks ahead or back, or repeats what was captured, is analysed by trial, which takes longer than reading it. */
const COST_OF_TRIAL = 800;

const MAX_ASSERTIONS = 4;
const MAX_BACK_REFERENCES = 4;

/**
 * What the analysis of a pattern costs, roughly in characters; Infinity for those that it is not made for: many assertions,
 * and references to groups that are not closed yet, which it follows without end.
 */
export function analysisCost(pattern: string): number {
  /** Open groups by their numbers and names; those that capture nothing have none. */
  const open: string[][] = [];
  const closed = new Set<string>();
  let groups = 0;
  let assertions = 0;
  let references = 0;
  // Numbers of two digits are not told apart.
  if (/\\[1-9]\d/.test(pattern)) return Infinity;
  for (const [token] of pattern.matchAll(TOKEN)) {
    const reference = /^\\(?:(\d)|k<(.*)>)$/s.exec(token);
    if (token === ')') open.pop()?.forEach((name) => closed.add(name));
    else if (token.startsWith('(')) {
      const name = /^\(\?<([^=!].*)>$/s.exec(token)?.[1];
      const captures = token === '(' || name !== undefined;
      if (captures) groups += 1;
      open.push(captures ? [String(groups), ...(name === undefined ? [] : [name])] : []);
      if (/[=!]$/.test(token)) assertions += 1;
    } else if (reference && token !== '\\0') {
      references += 1;
      if (!closed.has(reference[1] ?? reference[2] ?? '')) return Infinity;
    }
  }
  if (assertions > MAX_ASSERTIONS || references > MAX_BACK_REFERENCES) return Infinity;
  return pattern.length + (assertions + references > 0 ? COST_OF_TRIAL : 0);
}
