import { accept, group, isNext, name, peek, splitAtCommas, written } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { Token } from '../token.js';
import { tokenize } from './lexical.js';

export type VirtualTable = {
  name: string;
  /** A plain table with the same columns, for where its module is not there; absent where they are not known. */
  standIn?: string;
};

/** Reads `CREATE VIRTUAL TABLE name USING module(…)`; undefined for any other statement. */
export function readVirtualTable(sql: string): VirtualTable | undefined {
  const tokens = tokenize(sql);
  const cursor: Cursor = { tokens, at: 0, source: sql };
  if (!accept(cursor, 'CREATE', 'VIRTUAL', 'TABLE') || tokens.length < 4) return undefined;
  accept(cursor, 'IF', 'NOT', 'EXISTS');
  let table = name(cursor);
  if (accept(cursor, '.')) table = name(cursor);
  if (!accept(cursor, 'USING')) return { name: table };
  const module = peek(cursor)?.text.toLowerCase() ?? '';
  cursor.at += 1;
  const parts = isNext(cursor, '(') ? splitAtCommas(group(cursor)) : [];
  const columns = columnsOf(module, parts, cursor.source);
  if (columns.length === 0) return { name: table };
  return { name: table, standIn: `CREATE TABLE ${quoted(table)} (${columns.join(', ')})` };
}

/** Full-text modules take columns and options with `=`; r-trees a number and ranges of numbers. */
function columnsOf(module: string, parts: readonly Token[][], source: string): string[] {
  const filled = parts.filter((part) => part.length > 0);
  if (/^fts[345]$/.test(module)) {
    const named = filled.filter((part) => !part.some(({ key }) => key === '='));
    const plain = named.filter(([first, second]) => first!.key !== 'TOKENIZE' || !second);
    return plain.length > 0
      ? plain.map(([first]) => `${quoted(first!.text)} TEXT`)
      : ['content TEXT'];
  }
  if (module === 'rtree' || module === 'rtree_i32') {
    return filled.map((part, index) => {
      if (index === 0) return `${quoted(part[0]!.text)} INTEGER PRIMARY KEY`;
      const isExtra = part[0]!.key === '+';
      const own = isExtra ? part.slice(1) : part;
      const type = isExtra
        ? written(source, own.slice(1))
        : module === 'rtree'
          ? 'REAL'
          : 'INTEGER';
      return `${quoted(own[0]?.text ?? '')} ${type}`;
    });
  }
  return [];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
