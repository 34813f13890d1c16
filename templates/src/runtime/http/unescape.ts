import { INVISIBLE } from './clean-text.js';

/** A text, or what it stands for; `starts` tells for each character, and for the end, where it begins in the original. */
export type View = { text: string; starts: Uint32Array | undefined };

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const ESCAPE = new RegExp(
  [
    String.raw`\\u([0-9a-fA-F]{4})`,
    String.raw`\\x([0-9a-fA-F]{2})`,
    String.raw`\\(["'\\/bfnrt])`,
    '((?:%[0-9a-fA-F]{2})+)',
    '&#[xX]([0-9a-fA-F]{1,6});',
    '&#([0-9]{1,7});',
    '&(amp|lt|gt|quot|apos);',
    INVISIBLE.source,
  ].join('|'),
  'gu',
);

/**
 * The text with one layer of escapes undone: those of JSON, URLs and HTML, and characters that nobody sees left out. Undefined
 * where there are none.
 */
export function unescaped({ text, starts }: View): View | undefined {
  if (text.search(ESCAPE) < 0) return undefined;
  const pieces: string[] = [];
  const begins = new Uint32Array(text.length + 1);
  let length = 0;
  let done = 0;
  const copy = (end: number): void => {
    for (let at = done; at < end; at += 1) begins[length++] = starts?.[at] ?? at;
    pieces.push(text.slice(done, end));
  };
  for (const found of text.matchAll(ESCAPE)) {
    copy(found.index);
    const meant = meaning(found);
    for (let unit = 0; unit < meant.length; unit += 1) {
      begins[length++] = starts?.[found.index] ?? found.index;
    }
    pieces.push(meant);
    done = found.index + found[0].length;
  }
  copy(text.length);
  begins[length] = starts?.[text.length] ?? text.length;
  return { text: pieces.join(''), starts: begins.subarray(0, length + 1) };
}

function meaning([, unicode, byte, single, percent, hex, decimal, name]: RegExpExecArray): string {
  if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
  if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
  if (single !== undefined) return CONTROLS[single] ?? single;
  if (percent !== undefined) return Buffer.from(percent.replaceAll('%', ''), 'hex').toString();
  if (name !== undefined) return NAMED[name] ?? '';
  if (hex === undefined && decimal === undefined) return '';
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
