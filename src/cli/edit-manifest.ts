import { isDeepStrictEqual } from 'node:util';
import { isCollection, isMap, isScalar, type Document } from 'yaml';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { withLf } from '../workspace/project-file.js';
import { editableDocument } from './editable-document.js';

export type ManifestEdit = { path: string[]; value: string };

/**
 * mcp.yaml with other values and everything else as it was, comments and spacing included: a value that is there is replaced
 * in the text, and a new key of the root has a line of its own. Only for other keys that are missing the document is printed
 * again, with its comments. With LF line ends. Throws an InputError (MCP737) where something else would change with it.
 */
export function editManifest(text: string, edits: readonly ManifestEdit[]): string {
  return edits.reduce((edited, edit) => applyEdit(edited, edit), withLf(text));
}

function applyEdit(text: string, { path, value }: ManifestEdit): string {
  const document = editableDocument(text);
  const node = document.getIn(path, true);
  if (isScalar(node) && node.value === value) return text;
  const wanted = plainOf(document);
  if (!setIn(wanted, path, value)) throw refused(path);
  const inPlace = replaced(text, node, value) ?? withLine(text, document, path, value);
  if (inPlace !== undefined && isSame(inPlace, wanted)) return inPlace;
  if (!isCollection(document.getIn(path.slice(0, -1), true) ?? document.contents)) {
    throw refused(path);
  }
  document.setIn(path, value);
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const printed = mark + document.toString({ lineWidth: 0 }).replace(/^\ufeff/, '');
  if (isSame(printed, wanted)) return printed;
  throw refused(path);
}

/** With another value on the same line; block scalars and anchors are more than that. */
function replaced(text: string, node: unknown, value: string): string | undefined {
  if (!isScalar(node) || !node.range || node.anchor) return undefined;
  if (!/^(?:PLAIN|QUOTE)/.test(node.type ?? '')) return undefined;
  const [start, end] = node.range;
  const scalar = isJson(text) ? JSON.stringify(value) : asScalar(value);
  return text.slice(0, start) + scalar + text.slice(end);
}

/** With a line for a key of the root that is not there, after the first entry. */
function withLine(
  text: string,
  { contents }: Document.Parsed,
  [key = '', ...rest]: string[],
  value: string,
): string | undefined {
  if (rest.length > 0 || !isMap(contents) || contents.has(key)) return undefined;
  const { range } = (contents.items[0]?.value ?? {}) as { range?: [number, number, number] | null };
  if (!range) return undefined;
  if (contents.flow === true) {
    const entry = isJson(text)
      ? `${JSON.stringify(key)}: ${JSON.stringify(value)}`
      : `${key}: ${asScalar(value)}`;
    return `${text.slice(0, range[1])}, ${entry}${text.slice(range[1])}`;
  }
  const line = text.indexOf('\n', Math.max(range[1] - 1, 0));
  const at = line < 0 ? text.length : line + 1;
  const before = text.slice(0, at);
  return `${before}${before.endsWith('\n') ? '' : '\n'}${key}: ${asScalar(value)}\n${text.slice(at)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return true;
  } catch {
    return false;
  }
}

/** What stands in the document; nothing of it is shared. */
function plainOf(document: Document.Parsed): unknown {
  return JSON.parse(JSON.stringify(document.toJS() ?? {}));
}

function isSame(text: string, wanted: unknown): boolean {
  return isDeepStrictEqual(plainOf(editableDocument(text)), wanted);
}

/** Whether there was where to put it. */
function setIn(holder: unknown, [key = '', ...rest]: string[], value: string): boolean {
  if (typeof holder !== 'object' || holder === null) return false;
  if (rest.length > 0) {
    if (!Object.hasOwn(holder, key)) Object.assign(holder, { [key]: {} });
    return setIn(Reflect.get(holder, key), rest, value);
  }
  Object.assign(holder, { [key]: value });
  return true;
}

function refused(path: readonly string[]): InputError {
  const why = `${path.join('.')} cannot be given another value alone`;
  return new InputError([diagnostic('MCP737', { why })]);
}

/** Plain where that can only be read as this text, quoted as in JSON elsewhere. */
function asScalar(value: string): string {
  return /^(?:[A-Za-z][\w./-]*|\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.test(value) &&
    !/^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
