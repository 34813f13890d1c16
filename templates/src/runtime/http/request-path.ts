import { cleanText } from './clean-text.js';
import { encodeValue } from './percent-encoding.js';
import { Refusal } from './refusal.js';

/** Deeper layers of percent-encoding than this are refused rather than unwrapped. */
const DECODINGS = 5;

export type ExpandedPath = { path: string; query: string };

/**
 * Puts encoded values into a path template. A query that the template holds is kept apart, a
 * fragment dropped. `values` maps placeholder → encoded text. Throws Refusal when a value would
 * change the shape of the path: an empty segment, `.` or `..`, also in a disguise, since servers
 * and proxies decode before they resolve dots.
 */
export function expandPath(template: string, values: ReadonlyMap<string, string>): ExpandedPath {
  const [beforeFragment = ''] = template.split('#');
  const mark = beforeFragment.indexOf('?');
  const path = mark < 0 ? beforeFragment : beforeFragment.slice(0, mark);
  const query = mark < 0 ? '' : beforeFragment.slice(mark + 1);
  return {
    // Slashes between braces belong to a placeholder's name.
    path: path
      .split(/\/(?![^{}]*\})/)
      .map((segment) => expandSegment(segment, values))
      .join('/'),
    query: substitute(query, values),
  };
}

function expandSegment(segment: string, values: ReadonlyMap<string, string>): string {
  const expanded = substitute(segment, values);
  if (!segment.includes('{')) return expanded;
  if (expanded === '' || hasDotSegment(expanded)) {
    const names = [...segment.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name).join(', ');
    throw new Refusal(
      `${names}: must not be empty and must not hold "." or ".." as a part of the path.`,
    );
  }
  return expanded;
}

function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text
    .split(/(\{[^{}]*\})/)
    .map((piece, index) => {
      if (index % 2 === 0) return encodeLiteral(piece);
      const value = values.get(piece.slice(1, -1));
      if (value === undefined) throw new Refusal(`${piece.slice(1, -1)}: is needed for the path.`);
      return value;
    })
    .join('');
}

function hasDotSegment(segment: string): boolean {
  let text = segment;
  for (let round = 0; round < DECODINGS; round += 1) {
    const decoded = decode(text);
    if (decoded.split(/[\\/]/).some(isDots)) return true;
    if (decoded === text) return false;
    text = decoded;
  }
  return true;
}

/**
 * Dots and nothing else to a lenient reader: some cut path parameters (`..;x`) or what a second parser takes for a query
 * before they resolve dots, stop at a NUL, or leave out blanks, line ends and what is invisible.
 */
function isDots(part: string): boolean {
  const [kept = ''] = part.split(/[;?#\0]/);
  return /^\.{1,2}$/.test(cleanText(kept).replace(/\s/g, ''));
}

/** One layer of percent-encoding undone, overlong UTF-8 too, and look-alikes in the form that compatibility gives them. */
function decode(text: string): string {
  return text
    .replace(/%c0%(ae|af)|%c1%9c/gi, overlong)
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      const decoded = Buffer.from(run.replaceAll('%', ''), 'hex').toString();
      // What is no UTF-8 stays as it is, but for what dots and separators hide behind.
      return decoded.includes('\ufffd') ? run.replace(ASCII, decodeURIComponent) : decoded;
    })
    .normalize('NFKC');
}

const ASCII = /%[0-7][0-9a-f]/gi;

function overlong(triples: string): string {
  return { '%C0%AE': '.', '%C0%AF': '/', '%C1%9C': '\\' }[triples.toUpperCase()] ?? '';
}

/** Literal text of a template: what a URL may hold stays, existing escapes too. */
function encodeLiteral(text: string): string {
  return text
    .split(/(%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:@/?])/)
    .map((piece, index) => (index % 2 === 1 ? piece : encodeValue(piece)))
    .join('');
}
