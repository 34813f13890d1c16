/** What reads the URIs that a template stands for; states are numbered, 0 is the first. */
type Automaton = {
  steps: Step[][];
  /** States that are reached without a character. */ free: number[][];
  end: number;
};

type Step = { fits: (char: string) => boolean; to: number };

const EXPRESSION = /(\{[^{}]*\})/;

/** More than URIs that people write come to; beyond it two templates count as overlapping, and as not within each other. */
const MAX_STATES = 100_000;

/**
 * A URI that both stand for, the shortest; undefined where there is none. Of RFC 6570 `{x}` is taken for part of a segment,
 * `{+x}` for several, `{?x}` and `{&x}` for a query or none, `{/x}`, `{.x}`, `{;x}` and `{#x}` for what begins so.
 */
export function sharedUri(a: string, b: string): string | undefined {
  if (!startAlike(a, b)) return undefined;
  const [left, right, alphabet] = [read(a), read(b), alphabetOf(a, b)];
  let frontier: { at: [number, number]; text: string }[] = [];
  const seen = new Set<string>();
  const reach = (from: number, to: number, text: string) => {
    for (const one of left.free[from]!) {
      for (const other of right.free[to]!) {
        const key = `${one} ${other}`;
        if (seen.has(key)) continue;
        seen.add(key);
        frontier.push({ at: [one, other], text });
      }
    }
  };
  reach(0, 0, '');
  while (frontier.length > 0) {
    const level = frontier;
    frontier = [];
    for (const { at, text } of level) {
      if (at[0] === left.end && at[1] === right.end) return text;
      if (seen.size > MAX_STATES) return a;
      for (const char of alphabet) {
        for (const one of left.steps[at[0]]!) {
          if (!one.fits(char)) continue;
          for (const other of right.steps[at[1]]!) {
            if (other.fits(char)) reach(one.to, other.to, text + char);
          }
        }
      }
    }
  }
  return undefined;
}

/** Whether every URI that the first stands for is one of the second as well. */
export function isWithin(inner: string, outer: string): boolean {
  if (!startAlike(inner, outer)) return false;
  const [left, right, alphabet] = [read(inner), read(outer), alphabetOf(inner, outer)];
  const open: { at: number; others: number[] }[] = [];
  const seen = new Set<string>();
  const reach = (state: number, others: readonly number[]) => {
    for (const at of left.free[state]!) {
      const key = `${at}:${others.join(' ')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      open.push({ at, others: [...others] });
    }
  };
  reach(0, right.free[0]!);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, others } = next;
    if (at === left.end && !others.includes(right.end)) return false;
    if (seen.size > MAX_STATES) return false;
    for (const char of alphabet) {
      const after = others.flatMap((state) =>
        right.steps[state]!.flatMap(({ fits, to }) => (fits(char) ? right.free[to]! : [])),
      );
      const distinct = [...new Set(after)].sort((a, b) => a - b);
      for (const { fits, to } of left.steps[at]!) if (fits(char)) reach(to, distinct);
    }
  }
  return true;
}

/** Most have another scheme or host. */
function startAlike(a: string, b: string): boolean {
  const [one, other] = [a.split('{', 1)[0]!, b.split('{', 1)[0]!];
  return one.startsWith(other) || other.startsWith(one);
}

function read(template: string): Automaton {
  const steps: Step[][] = [[]];
  const jumps: number[][] = [[]];
  let end = 0;
  const state = (): number => {
    jumps.push([]);
    return steps.push([]) - 1;
  };
  const literal = (char: string) => {
    const next = state();
    steps[end]!.push({ fits: (given) => given === char, to: next });
    end = next;
  };
  const some = (fits: Step['fits'], least: 0 | 1 = 1) => {
    const next = state();
    steps[end]!.push({ fits, to: next });
    steps[next]!.push({ fits, to: next });
    if (least === 0) jumps[end]!.push(next);
    end = next;
  };
  const maybe = (first: string, fits: Step['fits']) => {
    const from = end;
    literal(first);
    some(fits, 0);
    const after = state();
    jumps[end]!.push(after);
    jumps[from]!.push(after);
    end = after;
  };
  for (const part of template.split(EXPRESSION)) {
    if (!part.startsWith('{') || !part.endsWith('}')) {
      for (const char of part) literal(char);
      continue;
    }
    const operator = part[1] ?? '';
    if (operator === '?' || operator === '&') maybe(operator, (char) => char !== '#');
    else if (operator === '#') maybe('#', () => true);
    else if (operator === '+') some((char) => char !== '?' && char !== '#');
    else if ('/.;'.includes(operator)) maybe(operator, isOfSegment);
    else some(isOfSegment);
  }
  return { steps, free: jumps.map((_, from) => closure(from, jumps)), end };
}

function isOfSegment(char: string): boolean {
  return char !== '/' && char !== '?' && char !== '#';
}

function closure(from: number, jumps: readonly number[][]): number[] {
  const reached = new Set([from]);
  for (const state of reached) for (const next of jumps[state]!) reached.add(next);
  return [...reached].sort((a, b) => a - b);
}

/** What is written in them, what ends parts, and one character for all others. */
function alphabetOf(a: string, b: string): string[] {
  const written = new Set([...a.replace(/\{[^{}]*\}/g, ''), ...b.replace(/\{[^{}]*\}/g, '')]);
  const other = [...'xyzwvu0123456789', '\uE000'].find((char) => !written.has(char));
  return [...new Set([other ?? '\uE001', ...written, '/', '?', '&', '#', '.', ';'])];
}
