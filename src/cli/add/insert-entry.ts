import { isDeepStrictEqual } from 'node:util';
import {
  isAlias,
  isMap,
  isScalar,
  parseDocument,
  stringify,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { withLf } from '../../workspace/project-file.js';
import { editableDocument } from '../editable-document.js';

const OPTIONS = { lineWidth: 100 };

/**
 * mcp.yaml with one more entry in a section, and every other line as it was; JSON stays JSON. Only where there is no line to
 * put it the document is printed again, with its comments. A section that is not there comes after `sources`, or at the end. With
 * LF line ends. Throws an InputError (MCP737) where something would be lost.
 */
export function insertEntry(text: string, section: string, key: string, entry: object): string {
  const plain = withLf(text);
  const document = editableDocument(plain);
  const wanted = parseDocument(plain);
  const items = wanted.get(section);
  if (isAlias(items)) {
    const why = `${section} is an alias of another value`;
    throw new InputError([diagnostic('MCP737', { why, line: lineOf(plain, items.range?.[0]) })]);
  }
  if (!isMap(items) || items.items.length === 0) wanted.set(section, wanted.createNode({}));
  wanted.setIn([section, key], wanted.createNode(entry));
  const json = asJson(plain);
  if (json !== undefined) return printed(wanted.toJS(), plain);
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
  if (!isMap(root)) return undefined;
  const pair = root.items.find((item) => isScalar(item.key) && item.key.value === section);
  if (pair === undefined) {
    if (root.flow === true) return insertInBraces(text, root, { [section]: { [key]: entry } });
    const sources = root.items.find((item) => isScalar(item.key) && item.key.value === 'sources');
    const before = sources ?? root.items.at(-1);
    const end = before && endOf(text, before, 0);
    if (end === undefined) return undefined;
    return insertAt(text, end, stringify({ [section]: { [key]: entry } }, OPTIONS));
  }
  const map = pair.value;
  if (!isMap(map)) return undefined;
  if (map.flow === true) return insertInBraces(text, map, { [key]: entry });
  const [first, last] = [map.items[0], map.items.at(-1)];
  const column = columnOf(text, startOf(first) ?? map.range?.[0] ?? 0);
  const end = last && endOf(text, last, column);
  if (end === undefined) return undefined;
  const indent = ' '.repeat(column);
  const lines = stringify({ [key]: entry }, OPTIONS).replace(/^(?=.)/gm, indent);
  return insertAt(text, end, lines);
}

function insertAt(text: string, at: number, lines: string): string {
  const before = text.slice(0, at);
  return before + (before.endsWith('\n') ? '' : '\n') + lines + text.slice(at);
}

/** After the last entry, before what is said of it and before a last comma. Undefined in braces that hold nothing. */
function insertInBraces(text: string, { items }: YAMLMap, entry: object): string | undefined {
  const last = items.at(-1);
  const end = last && rangeOf(last)?.[1];
  if (end === undefined) return undefined;
  const inner = stringify(entry, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return `${text.slice(0, end)}, ${inner.slice(1, -1).trim()}${text.slice(end)}`;
}

/** Where the line after a value begins, and after comments that are indented as what belongs to it: by more than `column`. */
function endOf(text: string, pair: Pair, column: number): number | undefined {
  const end = rangeOf(pair)?.[1];
  if (end === undefined) return undefined;
  const line = end > 0 && text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
  let next = line < 0 ? text.length : line + 1;
  for (;;) {
    const comment = /^( +)#.*(?:\n|$)/.exec(
      text.slice(next, text.indexOf('\n', next) + 1 || undefined),
    );
    if (comment === null || comment[1]!.length <= column) return next;
    next += comment[0].length;
  }
}

function rangeOf({ key, value }: Pair): [number, number, number] | undefined {
  return ((value ?? key) as { range?: [number, number, number] | null }).range ?? undefined;
}

function startOf(pair: Pair | undefined): number | undefined {
  return (pair?.key as { range?: [number, number, number] | null } | undefined)?.range?.[0];
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** As JSON with the indentation of a text. */
function printed(value: unknown, like: string): string {
  const [, indent] = /\n([ \t]+)\S/.exec(like) ?? [];
  const mark = like.startsWith('\ufeff') ? '\ufeff' : '';
  return `${mark}${JSON.stringify(value, null, indent)}\n`;
}

function lineOf(text: string, offset = 0): number {
  return text.slice(0, offset).split('\n').length;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function valueOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}
