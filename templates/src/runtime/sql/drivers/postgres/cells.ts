import type { SqlCell } from '../../driver.js';
import { parseArray } from './array.js';

/** What the text of a value becomes. Everything that is not of these kinds stays the text that the database wrote. */
export type CellKind = 'text' | 'boolean' | 'number' | 'bytes' | ArrayKind;
export type ArrayKind = { element: CellKind; delimiter: string };

const list = (element: CellKind): ArrayKind => ({ element, delimiter: ',' });

/**
 * By the number of the type in `pg_type`. int8, numeric, json, dates, times and intervals stay text: nothing else holds
 * them exactly.
 */
export const KNOWN_TYPES: ReadonlyMap<number, CellKind> = new Map<number, CellKind>([
  [16, 'boolean'],
  [17, 'bytes'],
  ...[21, 23, 26, 700, 701].map((oid): [number, CellKind] => [oid, 'number']),
  ...[18, 19, 20, 25, 114, 142, 705, 790, 829, 869, 1042, 1043, 1082, 1083, 1114, 1184, 1186].map(
    (oid): [number, CellKind] => [oid, 'text'],
  ),
  ...[1266, 1560, 1562, 1700, 2205, 2950, 3614, 3802].map((oid): [number, CellKind] => [
    oid,
    'text',
  ]),
  [1000, list('boolean')],
  [1001, list('bytes')],
  ...[1005, 1007, 1021, 1022, 1028].map((oid): [number, CellKind] => [oid, list('number')]),
  ...[199, 1009, 1014, 1015, 1016, 1115, 1182, 1183, 1185, 1187, 1231, 1270, 2951, 3807].map(
    (oid): [number, CellKind] => [oid, list('text')],
  ),
]);

export function readCell(text: string | null, kind: CellKind): SqlCell {
  if (text === null || kind === 'text') return text;
  if (kind === 'boolean') return text === 't';
  if (kind === 'number') return readNumber(text);
  if (kind === 'bytes') return readBytes(text);
  return parseArray(text, kind.delimiter, (element) => readCell(element, kind.element));
}

/** JSON has no NaN and no Infinity. */
function readNumber(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** Section 8.4 of PostgreSQL's manual: hex, or the older escape format. */
function readBytes(text: string): Uint8Array {
  if (text.startsWith('\\x')) return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
  const plain = text.replace(/\\(\\|[0-3][0-7]{2})/g, (_, code: string) =>
    code === '\\' ? '\\' : String.fromCharCode(parseInt(code, 8)),
  );
  return new Uint8Array(Buffer.from(plain, 'latin1'));
}
