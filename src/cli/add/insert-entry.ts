import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, parseDocument, stringify, type Document, type Pair } from 'yaml';
import { withLf } from '../../workspace/project-file.js';

const OPTIONS = { lineWidth: 100 };

/**
 * mcp.yaml with one more entry in a section, and every other line as it was. Only where a section is written in braces the
 * document is printed again, with its comments. A section that is not there comes after `sources`, or at the end. With LF line
 * ends.
 */
export function insertEntry(text: string, section: string, key: string, entry: object): string {
  const plain = withLf(text);
  const document = parseDocument(plain);
  const wanted = parseDocument(plain);
  const items = wanted.get(section);
  if (!isMap(items) || items.items.length === 0) wanted.set(section, wanted.createNode({}));
  wanted.setIn([section, key], wanted.createNode(entry));
  const inserted = insertLines(plain, document, section, key, entry);
  if (inserted !== undefined && isDeepStrictEqual(valueOf(inserted), wanted.toJS()))
    return inserted;
  return wanted.toString({ lineWidth: 0 });
}

function insertLines(
  text: string,
  document: Document.Parsed,
  section: string,
  key: string,
  entry: object,
): string | undefined {
  const root = document.contents;
  if (!isMap(root) || root.flow === true) return undefined;
  const pair = root.items.find((item) => isScalar(item.key) && item.key.value === section);
  if (pair === undefined) {
    const sources = root.items.find((item) => isScalar(item.key) && item.key.value === 'sources');
    const before = sources ?? root.items.at(-1);
    const end = before && endOf(text, before);
    if (end === undefined) return undefined;
    return insertAt(text, end, stringify({ [section]: { [key]: entry } }, OPTIONS));
  }
  const map = pair.value;
  const last = isMap(map) && map.flow !== true ? map.items.at(-1) : undefined;
  const end = last && endOf(text, last);
  if (end === undefined || !isMap(map)) return undefined;
  const indent = ' '.repeat(columnOf(text, map.range?.[0] ?? 0));
  const lines = stringify({ [key]: entry }, OPTIONS).replace(/^(?=.)/gm, indent);
  return insertAt(text, end, lines);
}

function insertAt(text: string, at: number, lines: string): string {
  const before = text.slice(0, at);
  return before + (before.endsWith('\n') ? '' : '\n') + lines + text.slice(at);
}

/** Where the line after a value begins. */
function endOf(text: string, { key, value }: Pair): number | undefined {
  const range = (value ?? key) as { range?: [number, number, number] | null };
  const end = range.range?.[1];
  if (end === undefined) return undefined;
  if (end > 0 && text[end - 1] === '\n') return end;
  const line = text.indexOf('\n', end);
  return line < 0 ? text.length : line + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function valueOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}
