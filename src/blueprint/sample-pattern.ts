/** Strings that many patterns accept, tried before one is built. */
const COMMON = [
  'example',
  '1',
  '123',
  'abc',
  'ABC',
  'a1',
  'A1',
  '2024-01-31',
  '12:00',
  '1.0.0',
  'https://example.com/',
  'Passw0rd!',
  '123e4567-e89b-42d3-a456-426614174000',
];

/** Deepest nesting of groups that is followed. */
const MAX_DEPTH = 30;

/**
 * A string that matches the pattern and has `least` to `most` characters; undefined where none is found. Builds from literals,
 * classes, groups, alternatives and counts; look-around and back-references only by trial.
 */
export function samplePattern(
  pattern: string,
  bounds: { least: number; most: number; first?: string | undefined },
): string | undefined {
  const expression = new RegExp(pattern, 'u');
  const fits = (text: string): boolean =>
    text.length >= bounds.least && text.length <= bounds.most && expression.test(text);
  const candidates = bounds.first === undefined ? COMMON : [bounds.first, ...COMMON];
  const known = candidates.find(fits);
  if (known !== undefined) return known;
  const { least } = bounds;
  for (const extra of [0, 1, least, least - 1, least - 2, 2, 4, 8, 16, 32, 64]) {
    if (extra < 0 || extra > 1_000) continue;
    const built = build(pattern, extra);
    if (built === undefined) return undefined;
    if (fits(built)) return built;
    const padded = built.padEnd(least, built.at(-1) ?? 'a');
    if (fits(padded)) return padded;
  }
  return undefined;
}

/** `extra` repetitions are made of whatever may repeat without end. */
function build(pattern: string, extra: number): string | undefined {
  const reader = { chars: [...pattern], at: 0, extra };
  try {
    return readAlternatives(reader, 0);
  } catch {
    return undefined;
  }
}

type Reader = { chars: string[]; at: number; extra: number };

function readAlternatives(reader: Reader, depth: number): string {
  if (depth > MAX_DEPTH) throw new Error('too deep');
  let first: string | undefined;
  for (;;) {
    const text = readSequence(reader, depth);
    first ??= text;
    if (reader.chars[reader.at] !== '|') return first;
    reader.at += 1;
  }
}

function readSequence(reader: Reader, depth: number): string {
  let text = '';
  for (;;) {
    const char = reader.chars[reader.at];
    if (char === undefined || char === '|' || char === ')') return text;
    const atom = readAtom(reader, depth);
    const { least, most } = readCount(reader);
    text += atom.repeat(Math.min(most, least + (most > least ? reader.extra : 0), 1_000));
  }
}

function readAtom(reader: Reader, depth: number): string {
  const char = reader.chars[reader.at++] as string;
  if (char === '^' || char === '$') return '';
  if (char === '.') return 'a';
  if (char === '[') return readClass(reader);
  if (char === '\\') return escaped(reader);
  if (char !== '(') return char;
  const isLook = /^\?(?:[=!]|<[=!])/.test(reader.chars.slice(reader.at, reader.at + 3).join(''));
  if (reader.chars[reader.at] === '?') {
    const name = /^\?(?::|[=!]|<[=!]|<[^>]*>)/.exec(reader.chars.slice(reader.at).join(''));
    reader.at += name?.[0].length ?? 1;
  }
  const inner = readAlternatives(reader, depth + 1);
  reader.at += 1;
  return isLook ? '' : inner;
}

function escaped(reader: Reader): string {
  const char = reader.chars[reader.at++] as string;
  if (char === 'd') return '1';
  if (char === 'w') return 'a';
  if (char === 's') return ' ';
  if (char === 'D' || char === 'S') return 'a';
  if (char === 'W') return '-';
  if (char === 'b' || char === 'B') return '';
  if (char === 'p' || char === 'P') {
    while (reader.chars[reader.at++] !== '}');
    return char === 'p' ? 'a' : '-';
  }
  if (char === 'u' || char === 'x') throw new Error('not followed');
  return { n: '\n', t: '\t', r: '\r' }[char] ?? char;
}

/** The first character that a class allows; for a negated one, one that it does not name. */
function readClass(reader: Reader): string {
  const negated = reader.chars[reader.at] === '^';
  if (negated) reader.at += 1;
  const members: string[] = [];
  while (reader.chars[reader.at] !== ']') {
    if (reader.at >= reader.chars.length) throw new Error('open class');
    const char = reader.chars[reader.at++] as string;
    members.push(char === '\\' ? escaped(reader) : char);
  }
  reader.at += 1;
  if (!negated) return members.find((member) => /[A-Za-z0-9]/.test(member)) ?? members[0] ?? '';
  return ['a', '1', 'Z', '-', ' '].find((char) => !members.includes(char)) ?? 'q';
}

function readCount(reader: Reader): { least: number; most: number } {
  const rest = reader.chars.slice(reader.at, reader.at + 24).join('');
  const [whole, sign, least, comma, most] = /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(rest) ?? [];
  if (whole === undefined) return { least: 1, most: 1 };
  reader.at += whole.length;
  if (sign === '*') return { least: 0, most: Infinity };
  if (sign === '+') return { least: 1, most: Infinity };
  if (sign === '?') return { least: 0, most: 1 };
  const low = Number(least);
  return { least: low, most: comma === undefined ? low : Number(most ?? Infinity) };
}
