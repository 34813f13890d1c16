import { accept, acceptOne, expect, group, isNext, qualifiedName } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { DraftForeignKey, Place } from './draft.js';

/** Reads `REFERENCES table (columns) ON DELETE … ON UPDATE …`; without columns the primary key of the table is meant. */
export function parseReferences(cursor: Cursor, columns: string[], place: Place): DraftForeignKey {
  expect(cursor, 'REFERENCES');
  const { database, name } = qualifiedName(cursor);
  const references = isNext(cursor, '(')
    ? group(cursor)
        .filter((token) => token.kind !== 'symbol')
        .map((token) => token.text)
    : [];
  const foreignKey: DraftForeignKey = { isNamed: false, columns, table: name, references, place };
  if (database !== undefined) foreignKey.database = database;
  for (;;) {
    if (accept(cursor, 'MATCH')) cursor.at += 1;
    else if (accept(cursor, 'ON', 'DELETE')) setAction(foreignKey, 'onDelete', action(cursor));
    else if (accept(cursor, 'ON', 'UPDATE')) setAction(foreignKey, 'onUpdate', action(cursor));
    else return foreignKey;
  }
}

/** RESTRICT and NO ACTION are one, and what holds where nothing is said: not set. */
function action(cursor: Cursor): string | undefined {
  if (accept(cursor, 'SET', 'NULL')) return 'SET NULL';
  if (accept(cursor, 'SET', 'DEFAULT')) return 'SET DEFAULT';
  if (accept(cursor, 'NO', 'ACTION') || accept(cursor, 'RESTRICT')) return undefined;
  return acceptOne(cursor, 'CASCADE');
}

function setAction(key: DraftForeignKey, when: 'onDelete' | 'onUpdate', what?: string): void {
  if (what !== undefined) key[when] = what;
}
