import { closest } from '../../../diagnostics/closest.js';

/** Whether a name fits `orders`, `log_*`, `*.email`: `*` is any characters, upper and lower case are one. */
export function matcher(pattern: string): (name: string) => boolean {
  const parts = pattern.toLowerCase().split('*');
  return (name) => fits(name.toLowerCase(), parts);
}

// Without a regular expression: one with many stars takes long to fail.
function fits(name: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return name === first;
  const last = rest.pop()!;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  if (name.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** Names by which a table can be meant: its own, and with its schema. */
export function namesOf(table: { schema?: string; name: string }): string[] {
  return table.schema === undefined ? [table.name] : [table.name, `${table.schema}.${table.name}`];
}

/** Keeps count of which patterns of a list ever matched. */
export type PatternList = {
  /** Whether any fits one of the names. */
  matches: (names: readonly string[]) => boolean;
  unused: () => string[];
};

export function patternList(patterns: readonly string[]): PatternList {
  const entries = patterns.map((pattern) => ({ pattern, fits: matcher(pattern), used: false }));
  return {
    matches: (names) => {
      const found = entries.filter(({ fits: isFit }) => names.some(isFit));
      for (const entry of found) entry.used = true;
      return found.length > 0;
    },
    unused: () => entries.filter(({ used }) => !used).map(({ pattern }) => pattern),
  };
}

/** The known name that is most like a pattern which matches nothing. */
export function similar(pattern: string, known: Iterable<string>): string | undefined {
  return pattern.includes('*') ? undefined : closest(pattern, known);
}
