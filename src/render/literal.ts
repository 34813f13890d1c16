import { createRequire } from 'node:module';
import { jsKey, jsNumber, jsString, jsonString } from './emit.js';

const require = createRequire(import.meta.url);

/** What differs between the languages that literals are printed in. */
export type LiteralStyle = {
  string: (text: string) => string;
  key: (name: string) => string;
  trailingComma: '' | ',';
  /** Whether a long string may stand on the line below its key. */
  breakAfterColon: boolean;
};

const jsStyle: LiteralStyle = {
  string: jsString,
  key: jsKey,
  trailingComma: ',',
  breakAfterColon: true,
};

export const jsonStyle: LiteralStyle = {
  string: jsonString,
  key: jsonString,
  trailingComma: '',
  breakAfterColon: false,
};

/** Where a literal stands: columns left of its line, columns before it and behind it on that line. */
export type Place = { indent: number; before: number; after: number };

const WIDTH = 100;
/** A key this short never sends its value to the next line: that would win less than three columns. */
const SHORT_KEY = 4;

/**
 * Prints plain data (strings, finite numbers, booleans, null, arrays, objects; undefined properties are left out) as
 * prettier would leave it with 100 columns, single quotes and trailing commas, so that it needs no formatting.
 */
export function printLiteral(
  value: unknown,
  place: Place = { indent: 0, before: 0, after: 0 },
  style: LiteralStyle = jsStyle,
): string {
  return (
    flat(value, WIDTH - place.before - place.after, style) ?? broken(value, place.indent, style)
  );
}

/** Like `printLiteral`, with every property of the outermost object on a line of its own. */
export function printExpanded(value: object, indent = 0, style: LiteralStyle = jsStyle): string {
  return broken(value, indent, style);
}

/** Columns that `text` takes on a screen. */
function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  // All of prettier, for something that many documents have nowhere.
  const { util } = require('prettier') as typeof import('prettier');
  return util.getStringWidth(text);
}

/** The literal on one line, or undefined where that is wider than `room` or prettier would break it anyway. */
function flat(value: unknown, room: number, style: LiteralStyle): string | undefined {
  if (typeof value !== 'object' || value === null) return fitting(scalar(value, style), room);
  return Array.isArray(value) ? flatArray(value, room, style) : flatObject(value, room, style);
}

function fitting(text: string, room: number): string | undefined {
  // One UTF-16 unit takes at most two columns and a combined emoji fewer than its units: cheap bounds first.
  if (text.length * 2 <= room) return text;
  return !isTooWide(text, room) && textWidth(text) <= room ? text : undefined;
}

/** Whether the ASCII characters alone take more than `room`: each takes a column, whatever stands beside it. */
function isTooWide(text: string, room: number): boolean {
  if (text.length <= room) return false;
  let columns = 0;
  for (let at = 0; at < text.length && columns <= room; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) columns += 1;
  }
  return columns > room;
}

function flatArray(list: unknown[], room: number, style: LiteralStyle): string | undefined {
  if (list.length * 3 > room + 3 || mustBreak(list)) return undefined;
  let text = '[';
  for (const item of list) {
    const printed = flat(item, room, style);
    if (printed === undefined) return undefined;
    text += text === '[' ? printed : `, ${printed}`;
    if (isTooWide(text, room)) return undefined;
  }
  return fitting(`${text}]`, room);
}

function flatObject(value: object, room: number, style: LiteralStyle): string | undefined {
  let text = '';
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const printed = flat(item, room, style);
    if (printed === undefined) return undefined;
    text += `${text === '' ? '{ ' : ', '}${style.key(name)}: ${printed}`;
    if (isTooWide(text, room)) return undefined;
  }
  return text === '' ? fitting('{}', room) : fitting(`${text} }`, room);
}

function broken(value: unknown, indent: number, style: LiteralStyle): string {
  if (typeof value !== 'object' || value === null) return scalar(value, style);
  if (Array.isArray(value)) return brokenArray(value, indent, style);
  const inner = ' '.repeat(indent + 2);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([name, item], index) => {
    const after = index === entries.length - 1 ? style.trailingComma.length : 1;
    return inner + property(name, item, { indent: indent + 2, after }, style);
  });
  return `{\n${lines.join(',\n')}${style.trailingComma}\n${' '.repeat(indent)}}`;
}

function brokenArray(list: unknown[], indent: number, style: LiteralStyle): string {
  if (list.length === 0) return '[]';
  const inner = ' '.repeat(indent + 2);
  const end = `${style.trailingComma}\n${' '.repeat(indent)}]`;
  if (list.length > 1 && list.every((item) => typeof item === 'number')) {
    return `[\n${filled(list as number[], inner, style)}${end}`;
  }
  const place = { indent: indent + 2, before: indent + 2, after: 1 };
  const last = { ...place, after: style.trailingComma.length };
  const items = list.map((item, index) => {
    const at = index === list.length - 1 ? last : place;
    return inner + printLiteral(item, at, style);
  });
  return `[\n${items.join(',\n')}${end}`;
}

/** Numbers fill their lines. */
function filled(numbers: number[], inner: string, style: LiteralStyle): string {
  const lines: string[] = [];
  let line = '';
  for (const [index, number] of numbers.entries()) {
    const text = jsNumber(number) + (index < numbers.length - 1 ? ',' : style.trailingComma);
    if (line === '') line = inner + text;
    else if (line.length + 1 + text.length <= WIDTH) line += ` ${text}`;
    else {
      lines.push(line);
      line = inner + text;
    }
  }
  const text = [...lines, line].join('\n');
  return text.slice(0, text.length - style.trailingComma.length);
}

function property(
  name: string,
  value: unknown,
  at: { indent: number; after: number },
  style: LiteralStyle,
): string {
  const key = style.key(name);
  const keyWidth = textWidth(key);
  const before = at.indent + keyWidth + 2;
  const mayMove = style.breakAfterColon && keyWidth > SHORT_KEY;
  const indent = at.indent + 2;
  if (typeof value !== 'object' || value === null) {
    const text = scalar(value, style);
    const room = WIDTH - before - 1;
    return mayMove && fitting(text, room) === undefined
      ? `${key}:\n${' '.repeat(indent)}${text}`
      : `${key}: ${text}`;
  }
  if (mayMove && before + firstWidth(value) > WIDTH) {
    const below = { indent, before: indent, after: at.after };
    return `${key}:\n${' '.repeat(indent)}${printLiteral(value, below, style)}`;
  }
  return `${key}: ${printLiteral(value, { ...at, before }, style)}`;
}

/** Columns of the bracket that a list or object begins with, or of all of an empty one with the comma behind it. */
function firstWidth(value: object): number {
  for (const item of Object.values(value)) if (item !== undefined) return 1;
  return 3;
}

/** Whether an array never stands on one line: several objects, or several arrays, that all have several entries. */
function mustBreak(list: unknown[]): boolean {
  if (list.length < 2) return false;
  const arrays = Array.isArray(list[0]);
  return list.every((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item) !== arrays) return false;
    return arrays
      ? (item as unknown[]).length > 1
      : Object.values(item).filter((entry) => entry !== undefined).length > 1;
  });
}

function scalar(value: unknown, style: LiteralStyle): string {
  if (typeof value === 'string') return style.string(value);
  if (typeof value === 'number') return jsNumber(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  throw new TypeError(`not plain data: ${typeof value}`);
}
