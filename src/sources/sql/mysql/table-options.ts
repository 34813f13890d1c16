import { accept, acceptOne, group, isNext, peek } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { DraftTable } from './draft.js';

/** Reads one option of a table (ENGINE, COMMENT, …); false where the next word is none that says something here. */
export function tableOption(cursor: Cursor, table: DraftTable): boolean {
  if (accept(cursor, 'COMMENT')) {
    const comment = value(cursor);
    if (comment === '') delete table.comment;
    else table.comment = comment;
  } else if (acceptOne(cursor, 'ENGINE', 'TYPE')) table.engine = value(cursor).toLowerCase();
  else return false;
  return true;
}

/** Reads the options after the definitions of a table, up to a SELECT or the end. */
export function tableOptions(cursor: Cursor, table: DraftTable): void {
  while (peek(cursor) && !isSelectNext(cursor)) {
    if (accept(cursor, 'PARTITION', 'BY')) table.partitioned = true;
    else if (isNext(cursor, '(')) group(cursor);
    else if (!tableOption(cursor, table)) cursor.at += 1;
  }
}

export function isSelectNext(cursor: Cursor): boolean {
  if (isNext(cursor, 'SELECT') || isNext(cursor, 'AS', 'SELECT')) return true;
  if (isNext(cursor, '(', 'SELECT') || isNext(cursor, 'AS', '(', 'SELECT')) return true;
  return isNext(cursor, 'AS', 'WITH') || isNext(cursor, 'WITH', 'RECURSIVE');
}

function value(cursor: Cursor): string {
  accept(cursor, '=');
  const text = peek(cursor)?.text ?? '';
  cursor.at += 1;
  return text;
}
