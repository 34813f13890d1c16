import { findTable, isSameName, needTable, removeTable } from './catalogue.js';
import type { Context } from './context.js';
import {
  accept,
  acceptOne,
  isNext,
  name,
  peekKey,
  qualifiedName,
  SqlSyntaxError,
} from '../cursor.js';
import { dropKey, renameTable } from './drop-parts.js';

/** Carries out DROP, the cursor behind this word. */
export function drop(context: Context): void {
  const { cursor } = context;
  accept(cursor, 'TEMPORARY');
  const what = acceptOne(
    cursor,
    ...['TABLE', 'TABLES', 'VIEW', 'INDEX', 'DATABASE', 'SCHEMA'],
    ...['PROCEDURE', 'FUNCTION', 'TRIGGER', 'PACKAGE'],
  );
  const mayMiss = accept(cursor, 'IF', 'EXISTS');
  if (what === 'TABLE' || what === 'TABLES' || what === 'VIEW') {
    dropTables(context, what === 'VIEW' ? 'view' : 'table', mayMiss);
  } else if (what === 'INDEX') dropIndex(context, mayMiss);
  else if (what === 'DATABASE' || what === 'SCHEMA') dropDatabase(context);
  else if (what === 'PROCEDURE' || what === 'FUNCTION') dropRoutine(context, what.toLowerCase());
  else if (what === 'TRIGGER') dropTrigger(context);
}

/** What exists of the list is dropped, whatever is missing: for a table that a view is in its place, as dumps write it. */
function dropTables(context: Context, kind: 'table' | 'view', mayMiss: boolean): void {
  const { cursor, catalogue } = context;
  const missing: string[] = [];
  do {
    const wanted = qualifiedName(cursor);
    const found = findTable(catalogue, wanted);
    if (found?.kind === kind) removeTable(catalogue, found);
    else missing.push(wanted.name);
  } while (accept(cursor, ','));
  if (missing.length > 0 && !mayMiss)
    throw new SqlSyntaxError(`there is no ${kind} ${missing.join(', ')}`);
}

function dropIndex(context: Context, mayMiss: boolean): void {
  const { cursor, catalogue } = context;
  const key = name(cursor);
  if (!accept(cursor, 'ON')) return;
  dropKey(needTable(catalogue, qualifiedName(cursor)), key, mayMiss);
}

function dropDatabase({ cursor, catalogue }: Context): void {
  const database = name(cursor);
  for (const table of catalogue.tables) {
    if (table.database === database) removeTable(catalogue, table);
  }
  catalogue.routines = catalogue.routines.filter((routine) => routine.database !== database);
}

function dropRoutine({ cursor, catalogue }: Context, kind: string): void {
  const wanted = qualifiedName(cursor);
  catalogue.routines = catalogue.routines.filter(
    (routine) => routine.kind !== kind || !isSameName(routine.name, wanted.name),
  );
}

function dropTrigger({ cursor, catalogue }: Context): void {
  const wanted = qualifiedName(cursor);
  for (const table of catalogue.tables) {
    table.triggers = table.triggers.filter((trigger) => !isSameName(trigger, wanted.name));
  }
}

/** Carries out RENAME TABLE, the cursor behind RENAME: several pairs, one after the other. */
export function renameTables({ cursor, catalogue }: Context): void {
  if (!acceptOne(cursor, 'TABLE', 'TABLES')) return;
  const mayMiss = accept(cursor, 'IF', 'EXISTS');
  do {
    const from = qualifiedName(cursor);
    if (isNext(cursor, 'WAIT') || isNext(cursor, 'NOWAIT'))
      cursor.at += peekKey(cursor) === 'WAIT' ? 2 : 1;
    accept(cursor, 'TO');
    const to = qualifiedName(cursor);
    if (mayMiss && !findTable(catalogue, from)) continue;
    renameTable(catalogue, needTable(catalogue, from), to);
  } while (accept(cursor, ','));
}
