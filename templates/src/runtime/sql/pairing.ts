import { base64 } from './cells.js';
import type { SqlColumnKind, SqlDialect } from './database.js';
import type { SqlCell } from './driver.js';

type Row = Record<string, unknown>;
type Key = readonly (SqlCell | undefined)[];

/**
 * For each of `keys` the rows that were found for it. What is equal was decided by the database: by case and trailing spaces
 * it may have taken texts for equal that are not, so those count only where keys differ in nothing else.
 */
export function pair(
  keys: readonly Key[],
  found: readonly { row: Row; key: Key }[],
  kinds: readonly SqlColumnKind[],
  dialect: SqlDialect,
  many: boolean,
): Row[][] {
  const exactRows = new Map<string, Row[]>();
  const foldedRows = new Map<string, Row[]>();
  for (const { row, key } of found) {
    const texts = textsOf(key, kinds, dialect);
    if (texts === undefined) continue;
    push(exactRows, texts.exact, row);
    push(foldedRows, texts.folded, row);
  }
  const asked = keys.map((key) => textsOf(key, kinds, dialect));
  const spellings = new Map<string, Set<string>>();
  for (const texts of asked) {
    if (texts === undefined) continue;
    const known = spellings.get(texts.folded);
    if (known === undefined) spellings.set(texts.folded, new Set([texts.exact]));
    else known.add(texts.exact);
  }
  return asked.map((texts) => {
    if (texts === undefined) return [];
    const { exact, folded } = texts;
    if (spellings.get(folded)?.size === 1) return foldedRows.get(folded) ?? [];
    return exactRows.get(exact) ?? (many ? [] : (foldedRows.get(folded) ?? []));
  });
}

/** Undefined where a cell is null or was cut: nothing is equal to that. */
function textsOf(
  cells: Key,
  kinds: readonly SqlColumnKind[],
  dialect: SqlDialect,
): { exact: string; folded: string } | undefined {
  if (cells.some((cell) => cell === null || cell === undefined)) return undefined;
  const exact = cells.map((cell) => (cell instanceof Uint8Array ? base64(cell) : String(cell)));
  const folded = exact.map((text, index) => fold(text, kinds[index] ?? 'other', dialect));
  return { exact: JSON.stringify(exact), folded: JSON.stringify(folded) };
}

const NUMBERS: ReadonlySet<SqlColumnKind> = new Set(['integer', 'bigint', 'decimal', 'float']);

function fold(text: string, kind: SqlColumnKind, dialect: SqlDialect): string {
  if (NUMBERS.has(kind)) return /\.\d*$/.test(text) ? text.replace(/\.?0+$/, '') : text;
  if (kind === 'uuid') return text.toLowerCase();
  const trimmed = text.replace(/ +$/, '');
  return dialect === 'mysql' ? trimmed.toLowerCase() : trimmed;
}

function push(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [row]);
  else group.push(row);
}
