import {
  addColumn,
  addColumnParts,
  addForeignKey,
  addKey,
  addParsedKey,
  placeColumn,
} from './add-definition.js';
import { findColumn, findTable, isSameName, needColumn, needTable } from './catalogue.js';
import type { Context } from './context.js';
import { parseDefinition } from './create-table.js';
import { setDefault } from './parse-column.js';
import {
  accept,
  acceptOne,
  group,
  isAtEnd,
  isNext,
  name,
  peek,
  qualifiedName,
  splitAtCommas,
  SqlSyntaxError,
  written,
} from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { DraftTable } from './draft.js';
import {
  dropColumn,
  dropConstraint,
  dropForeignKey,
  dropKey,
  renameColumn,
  renameTable,
} from './drop-parts.js';
import { isKeyNext } from './parse-key.js';
import { tableOption } from './table-options.js';
import type { Token } from '../token.js';

/** Carries out ALTER TABLE, the cursor behind these words. An action that fails is left out, the others are done. */
export function alterTable(context: Context): void {
  const { catalogue, cursor } = context;
  const mayMiss = accept(cursor, 'IF', 'EXISTS');
  const named = qualifiedName(cursor);
  if (mayMiss && !findTable(catalogue, named)) return;
  const table = needTable(catalogue, named);
  accept(cursor, 'NOWAIT') || (accept(cursor, 'WAIT') && (cursor.at += 1));
  const actions = splitAtCommas(cursor.tokens.slice(cursor.at)).filter((part) => part.length > 0);
  cursor.at = cursor.tokens.length;
  for (const tokens of actions) {
    try {
      alter({ ...context, cursor: { tokens, at: 0, source: cursor.source } }, table, tokens);
    } catch (error) {
      if (!(error instanceof SqlSyntaxError)) throw error;
      const text = written(cursor.source, tokens);
      const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
      const offset = error.offset ?? tokens[0]!.start;
      context.lose(`ALTER TABLE ${table.name} ${shown}`, error.message, {
        ...context.place,
        offset,
      });
    }
  }
}

function alter(context: Context, table: DraftTable, tokens: readonly Token[]): void {
  const { cursor } = context;
  if (isNext(cursor, 'ADD', 'PARTITION') || isNext(cursor, 'DROP', 'PARTITION')) return;
  if (accept(cursor, 'ADD')) add(context, table);
  else if (accept(cursor, 'MODIFY')) {
    accept(cursor, 'COLUMN');
    const mayMiss = accept(cursor, 'IF', 'EXISTS');
    redefine(context, table, peek(cursor)?.text ?? '', mayMiss);
  } else if (accept(cursor, 'CHANGE')) {
    accept(cursor, 'COLUMN');
    const mayMiss = accept(cursor, 'IF', 'EXISTS');
    redefine(context, table, name(cursor), mayMiss);
  } else if (accept(cursor, 'ALTER')) alterDefault(cursor, table);
  else if (accept(cursor, 'DROP')) drop(context, table);
  else if (accept(cursor, 'RENAME')) rename(context, table);
  else if (accept(cursor, 'PARTITION', 'BY')) table.partitioned = true;
  else if (accept(cursor, 'REMOVE', 'PARTITIONING')) delete table.partitioned;
  // Several options may stand in one action, and most of them say nothing about the tables.
  else if (tokens[0]?.kind === 'word') {
    while (!isAtEnd(cursor)) if (!tableOption(cursor, table)) cursor.at += 1;
  }
}

function add(context: Context, table: DraftTable): void {
  const { cursor } = context;
  if (isKeyNext(cursor) || isNext(cursor, 'PERIOD', 'FOR')) return addDefinition(context, table);
  accept(cursor, 'COLUMN');
  const mayExist = accept(cursor, 'IF', 'NOT', 'EXISTS');
  if (!isNext(cursor, '(')) return addDefinition(context, table, mayExist);
  for (const tokens of splitAtCommas(group(cursor))) {
    if (tokens.length === 0) continue;
    addDefinition({ ...context, cursor: { ...cursor, tokens, at: 0 } }, table, mayExist);
  }
}

function addDefinition(context: Context, table: DraftTable, mayExist = false): void {
  const { cursor } = context;
  const tokens = cursor.tokens.slice(cursor.at);
  const parsed = parseDefinition(context, tokens);
  if ('column' in parsed) {
    if (mayExist && findColumn(table, parsed.column.name)) return;
    return addColumn(context, table, parsed);
  }
  if (isForgiven(table, tokens, parsed)) return;
  if (parsed.what === 'key') addKey(table, parsed.key);
  else if (parsed.what === 'foreign key') addForeignKey(table, parsed.foreignKey);
  else addParsedKey(table, parsed);
}

/** `ADD INDEX IF NOT EXISTS name` and the like, where that name is there. */
function isForgiven(
  table: DraftTable,
  tokens: readonly Token[],
  parsed: ReturnType<typeof parseDefinition>,
): boolean {
  const isConditional = tokens.some(
    ({ key }, index) => key === 'IF' && tokens[index + 1]?.key === 'NOT',
  );
  if (!isConditional || 'column' in parsed) return false;
  if (parsed.what === 'key')
    return table.keys.some((key) => isSameName(key.name, parsed.key.name ?? ''));
  if (parsed.what !== 'foreign key') return false;
  return table.foreignKeys.some((key) => isSameName(key.name, parsed.foreignKey.name ?? ''));
}

/** MODIFY and CHANGE replace a column's definition; its keys stay, and follow its name. */
function redefine(context: Context, table: DraftTable, old: string, mayMiss: boolean): void {
  if (mayMiss && !findColumn(table, old)) return;
  const column = needColumn(table, old);
  const parsed = parseDefinition(context, context.cursor.tokens.slice(context.cursor.at));
  if (!('column' in parsed)) throw new SqlSyntaxError('a key stands where a column is expected');
  if (!isSameName(column.name, parsed.column.name) && findColumn(table, parsed.column.name))
    throw new SqlSyntaxError(`there is a column ${parsed.column.name} already`);
  renameColumn(context.catalogue, table, column.name, parsed.column.name);
  const index = table.columns.indexOf(column);
  table.columns.splice(index, 1);
  if (parsed.position) placeColumn(table, parsed.column, parsed.position);
  else table.columns.splice(index, 0, parsed.column);
  addColumnParts(context, table, parsed);
}

function alterDefault(cursor: Cursor, table: DraftTable): void {
  if (acceptOne(cursor, 'INDEX', 'CHECK', 'CONSTRAINT')) return;
  accept(cursor, 'COLUMN');
  const column = needColumn(table, name(cursor));
  if (accept(cursor, 'DROP', 'DEFAULT')) return setDefault(column, 'NULL', []);
  if (!accept(cursor, 'SET', 'DEFAULT')) return;
  const whole = cursor.tokens.slice(cursor.at);
  const tokens = isNext(cursor, '(') ? group(cursor) : whole;
  setDefault(column, written(cursor.source, tokens), whole);
}

function drop(context: Context, table: DraftTable): void {
  const { cursor, catalogue } = context;
  const what = acceptOne(
    cursor,
    'COLUMN',
    'INDEX',
    'KEY',
    'CONSTRAINT',
    'CHECK',
    'PRIMARY',
    'FOREIGN',
  );
  if (what === 'PRIMARY' || what === 'FOREIGN') accept(cursor, 'KEY');
  const mayMiss = accept(cursor, 'IF', 'EXISTS');
  if (what === 'PRIMARY') return dropKey(table, undefined, mayMiss);
  const named = name(cursor);
  if (what === 'FOREIGN') dropForeignKey(table, named, mayMiss);
  else if (what === 'INDEX' || what === 'KEY') dropKey(table, named, mayMiss);
  else if (what === 'CONSTRAINT' || what === 'CHECK') dropConstraint(table, named, mayMiss);
  else dropColumn(catalogue, table, named, mayMiss);
}

function rename(context: Context, table: DraftTable): void {
  const { cursor, catalogue } = context;
  const what = acceptOne(cursor, 'COLUMN', 'INDEX', 'KEY', 'TO', 'AS');
  if (what === 'COLUMN' || what === 'INDEX' || what === 'KEY') {
    const mayMiss = accept(cursor, 'IF', 'EXISTS');
    const from = name(cursor);
    accept(cursor, 'TO');
    const to = name(cursor);
    if (what === 'COLUMN') {
      if (mayMiss && !findColumn(table, from)) return;
      return renameColumn(catalogue, table, needColumn(table, from).name, to);
    }
    const key = table.keys.find((candidate) => isSameName(candidate.name, from));
    if (key) key.name = to;
    else if (!mayMiss) throw new SqlSyntaxError(`there is no key ${from}`);
    return;
  }
  renameTable(catalogue, table, qualifiedName(cursor));
}
