import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic, type Position } from '../../diagnostics/diagnostic.js';
import { defaultReadLimits, type ReadLimits } from './limits.js';
import { measureDocument } from './measure-document.js';
import { MAX_MERGED, parseYaml, TooManyMerged } from './parse-yaml.js';
import { scanJson, type Extent } from './scan-json.js';
import { scanYaml } from './scan-yaml.js';

export type ParsedDocument = { value: unknown; format: 'json' | 'yaml' };

type Caps = Pick<ReadLimits, 'depth' | 'nodes'>;

/**
 * Parses JSON or YAML into plain data. Repeated keys are tolerated, `__proto__` is an own property like any other, and
 * YAML aliases give shared objects. Throws an InputError: empty (MCP113), a web page (MCP111), too deep (MCP109), too
 * many values (MCP110), broken (MCP103, with its position).
 */
export function parseDocument(
  text: string,
  file: string,
  caps: Caps = defaultReadLimits,
): ParsedDocument {
  const plain = wellFormed(text.startsWith('\ufeff') ? text.slice(1) : text);
  const first = /\S/.exec(plain)?.[0];
  if (first === undefined) throw new InputError([diagnostic('MCP113', { file })]);
  if (first === '<') throw new InputError([markup(plain, file)]);
  return first === '{' || first === '['
    ? jsonFirst(plain, file, caps)
    : yamlOnly(plain, file, caps);
}

/** Halves of characters, written as escapes, are no text in any encoding: each becomes the replacement character. */
function wellFormed(text: string): string {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return text;
  const pair =
    /(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g;
  return text.replace(pair, (_, whole: string | undefined) => whole ?? '\\ufffd');
}

function jsonFirst(text: string, file: string, caps: Caps): ParsedDocument {
  check(scanJson(text, caps), file, caps);
  let reason: string;
  try {
    return { value: JSON.parse(text) as unknown, format: 'json' };
  } catch (error) {
    reason = (error as SyntaxError).message;
  }
  // Flow YAML looks like JSON, and forgives trailing commas and comments.
  const lenient = attemptYaml(text, file, caps);
  if ('value' in lenient && typeof lenient.value === 'object') {
    return { value: lenient.value, format: 'yaml' };
  }
  const elsewhere = 'problem' in lenient ? lenient.problem : undefined;
  const position = jsonPosition(reason, text) ?? elsewhere;
  throw new InputError([broken('JSON', jsonReason(reason), file, position)]);
}

function yamlOnly(text: string, file: string, caps: Caps): ParsedDocument {
  const parsed = attemptYaml(text, file, caps);
  if ('value' in parsed) return { value: parsed.value, format: 'yaml' };
  const { why, line, column } = parsed.problem;
  throw new InputError([broken('YAML', why, file, { line, column })]);
}

function attemptYaml(text: string, file: string, caps: Caps) {
  check(scanYaml(text, caps), file, caps);
  try {
    const parsed = parseYaml(text);
    if ('value' in parsed) check(measureDocument(parsed.value), file, caps);
    return parsed;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, caps);
    if (error instanceof TooManyMerged) throw tooMany(file, MAX_MERGED);
    throw error;
  }
}

function check(extent: Extent, file: string, caps: Caps): void {
  if (extent.nodes > caps.nodes) throw tooMany(file, caps.nodes);
  if (extent.depth > caps.depth) throw tooDeep(file, caps);
}

function tooMany(file: string, limit: number): InputError {
  return new InputError([diagnostic('MCP110', { limit }, { origin: { file, path: [] } })]);
}

function tooDeep(file: string, caps: Caps): InputError {
  return new InputError([
    diagnostic('MCP109', { limit: caps.depth }, { origin: { file, path: [] } }),
  ]);
}

function markup(text: string, file: string): Diagnostic {
  if (/<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 2000))) {
    return diagnostic('MCP111', { file });
  }
  return broken('JSON or YAML', 'it looks like XML', file, { line: 1, column: 1 });
}

function broken(format: string, why: string, file: string, position?: Position): Diagnostic {
  const { line, column } = position ?? { line: 1, column: 1 };
  const origin = { file, path: [], position: { line, column } };
  return diagnostic('MCP103', { format, why }, { origin });
}

/** V8 says where in words, and quotes the text; the position is printed apart. */
function jsonReason(message: string): string {
  return message.replace(/ in JSON at position \d+.*$|, (?:\.\.\.)?".*is not valid JSON$/s, '');
}

function jsonPosition(message: string, text: string): Position | undefined {
  const offset = /at position (\d+)/.exec(message)?.[1];
  const at = offset !== undefined ? Number(offset) : /end of JSON/.test(message) ? text.length : -1;
  if (at < 0) return undefined;
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}
