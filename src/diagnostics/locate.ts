import { jsonFinder } from './find-in-json.js';
import { yamlFinder } from './find-in-yaml.js';
import type { Origin } from './diagnostic.js';
import type { Span } from './span.js';

/** A place to print. Lines and columns count from 1; `mark` is what a frame underlines on that line. */
export type Located = { line: number; column: number; mark: { column: number; endColumn: number } };

/** Above this, finding a line in YAML costs more than it tells (about a second for 4 MB). */
const MAX_YAML = 16_000_000;

/**
 * Turns origins into lines and columns. Nothing is computed until asked for, and each text is parsed once. Where the
 * keys lead nowhere the nearest holder is given; undefined where the text is not at hand, or is not what the user named.
 */
export function createLocator(
  textOf: (file: string) => string | undefined,
): (origin: Origin) => Located | undefined {
  const finders = new Map<string, (path: Origin['path']) => Located | undefined>();
  return (origin) => {
    if (origin.within !== undefined) return undefined;
    if (origin.position) {
      const { line, column, endColumn } = origin.position;
      return { line, column, mark: { column, endColumn: endColumn ?? column + 1 } };
    }
    let find = finders.get(origin.file);
    if (!find) {
      find = finderFor(textOf(origin.file));
      finders.set(origin.file, find);
    }
    return find(origin.path);
  };
}

function finderFor(text: string | undefined): (path: Origin['path']) => Located | undefined {
  if (text === undefined) return () => undefined;
  const spanAt = spanFinder(text);
  const starts = lineStarts(text);
  return (path) => {
    const span = spanAt(path);
    return span && toLocated(span, starts);
  };
}

function spanFinder(text: string): (path: Origin['path']) => Span | undefined {
  if (/^\ufeff?\s*[{[]/.test(text)) return jsonFinder(text);
  if (text.length > MAX_YAML) return () => undefined;
  try {
    return yamlFinder(text);
  } catch {
    return () => undefined;
  }
}

/** Longest value that is underlined; for longer ones it is the key that people look for. */
const MAX_MARK = 80;

/** The position is that of the key; underlined is the value where it is short and on the same line, the key elsewhere. */
function toLocated(span: Span, starts: number[]): Located {
  const valueAt = lineColumn(span.value[0], starts);
  const keyAt = span.key ? lineColumn(span.key[0], starts) : valueAt;
  const end = lineColumn(span.value[1], starts);
  const isShort = span.value[1] - span.value[0] <= MAX_MARK;
  const oneLine = isShort && valueAt.line === keyAt.line && end.line === keyAt.line;
  const marked = oneLine || !span.key ? span.value : span.key;
  const from = lineColumn(marked[0], starts);
  const to = lineColumn(marked[1], starts);
  const lineEnd = (starts[from.line] ?? Infinity) - starts[from.line - 1]!;
  const endColumn = to.line === from.line ? to.column : Math.min(lineEnd, from.column + 1);
  return {
    line: keyAt.line,
    column: keyAt.column,
    mark: { column: from.column, endColumn: Math.max(endColumn, from.column + 1) },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineColumn(offset: number, starts: number[]): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}
