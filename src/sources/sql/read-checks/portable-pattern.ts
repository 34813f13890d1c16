const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;
/** Digits mean the same in both; letters, spaces and words are wider in PostgreSQL. */
const SAME_CLASS = /^[dD]$/;

/**
 * PostgreSQL's advanced regular expression as one of ECMAScript with the flag `u` that takes the same texts; undefined where
 * there is no such (PostgreSQL, "POSIX Regular Expressions"; its options, classes by name and back references).
 */
export function portablePattern(source: string): string | undefined {
  if (source.startsWith('***') || source.length > 1000) return undefined;
  let out = '';
  let depth = 0;
  let mayRepeat = false;
  for (let at = 0; at < source.length;) {
    const char = source[at] ?? '';
    if (char === '*' || char === '+' || char === '?' || char === '{') {
      QUANTIFIER.lastIndex = at;
      const quantifier = QUANTIFIER.exec(source)?.[0];
      if (quantifier === undefined && char === '{' && !/\d/.test(source[at + 1] ?? '')) {
        out += '\\{';
        at += 1;
        mayRepeat = true;
        continue;
      }
      if (quantifier === undefined || !mayRepeat) return undefined;
      out += quantifier;
      at += quantifier.length;
      mayRepeat = false;
      continue;
    }
    mayRepeat = true;
    if (char === '\\') {
      const next = source[at + 1];
      if (next === undefined) return undefined;
      if (/[A-Za-z0-9]/.test(next)) {
        if (!SAME_CLASS.test(next)) return undefined;
        out += `\\${next}`;
      } else out += literal(next);
      at += 2;
    } else if (char === '[') {
      const read = readClass(source, at);
      if (!read) return undefined;
      out += read.text;
      at = read.end;
    } else if (char === '(') {
      const plain = source.startsWith('(?:', at);
      if (!plain && source[at + 1] === '?') return undefined;
      out += plain ? '(?:' : '(';
      at += plain ? 3 : 1;
      depth++;
      mayRepeat = false;
    } else {
      if (char === ')' && --depth < 0) return undefined;
      if (char === '^' || char === '$' || char === '|') mayRepeat = false;
      // There a full stop takes line breaks too.
      out += char === '.' ? '[\\s\\S]' : '^$|)'.includes(char) ? char : literal(char);
      at += 1;
    }
  }
  return depth === 0 && compiles(out) ? out : undefined;
}

function readClass(source: string, from: number): { text: string; end: number } | undefined {
  let at = from + 1;
  let text = '[';
  if (source[at] === '^') {
    text += '^';
    at++;
  }
  if (source[at] === ']') return undefined;
  for (; at < source.length; at++) {
    const char = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (char === ']') return { text: `${text}]`, end: at + 1 };
    if (char === '[' && /[:.=]/.test(next)) return undefined;
    if (char === '\\') {
      if (/[A-Za-z0-9]/.test(next) ? !SAME_CLASS.test(next) : next === '') return undefined;
      text += /[A-Za-z0-9]/.test(next) ? `\\${next}` : inClass(next);
      at++;
    } else text += char === '-' ? '-' : inClass(char);
  }
  return undefined;
}

const literal = (char: string): string => (SYNTAX.test(char) ? `\\${char}` : char);
const inClass = (char: string): string => (/[\\\][^-]/.test(char) ? `\\${char}` : char);

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
