import { addColumn, addParsedKey } from './add-definition.js';
import { addTable, exactTable, needTable, removeTable } from './catalogue.js';
import type { Context } from './context.js';
import {
  accept,
  group,
  isAtEnd,
  isNext,
  peek,
  qualifiedName,
  splitAtCommas,
  SqlSyntaxError,
  unexpected,
  written,
} from '../cursor.js';
import type { Cursor, QualifiedName } from '../cursor.js';
import type { DraftTable } from './draft.js';
import { parseColumn } from './parse-column.js';
import type { ParsedColumn } from './parse-column.js';
import { isKeyNext, parseKey } from './parse-key.js';
import type { ParsedKey } from './parse-key.js';
import { parseSelect } from './parse-select.js';
import { resolveSelect } from './resolve-select.js';
import { isSelectNext, tableOptions } from './table-options.js';
import type { Token } from '../token.js';

/** Carries out CREATE TABLE, the cursor behind these words. Definitions that fail are left out one by one. */
export function createTable(context: Context, isReplaced: boolean): void {
  const { catalogue, cursor } = context;
  const mayExist = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const named = qualifiedName(cursor);
  const database = named.database ?? catalogue.database;
  const existing = exactTable(catalogue, named);
  if (existing && mayExist) return;
  if (existing && !isReplaced) throw new SqlSyntaxError(`there is a table ${named.name} already`);
  const table = emptyTable(named, database, context);
  const like = likeWhat(cursor);
  if (like) copyDefinitions(needTable(catalogue, like), table);
  else {
    if (isNext(cursor, '(') && !isSelectNext(cursor)) define(context, table, group(cursor));
    tableOptions(cursor, table);
    if (!isAtEnd(cursor)) addSelected(context, table);
    if (table.columns.length === 0) throw new SqlSyntaxError('no column of it could be read');
  }
  if (existing) removeTable(catalogue, existing);
  addTable(catalogue, table);
}

function emptyTable(named: QualifiedName, database: string, context: Context): DraftTable {
  const { place } = context;
  return {
    ...{ database, name: named.name, kind: 'table', place },
    ...{ columns: [], keys: [], foreignKeys: [], checks: [], triggers: [] },
  };
}

/** `LIKE other`, in parentheses or not. */
function likeWhat(cursor: Cursor): QualifiedName | undefined {
  if (!accept(cursor, 'LIKE') && !accept(cursor, '(', 'LIKE')) return undefined;
  return qualifiedName(cursor);
}

/** Columns, keys and checks are copied, foreign keys are not. MySQL 8.4 manual, "CREATE TABLE ... LIKE Statement". */
function copyDefinitions(from: DraftTable, to: DraftTable): void {
  const { columns, keys, checks } = structuredClone(from);
  Object.assign(to, { columns, keys, checks });
  if (from.engine !== undefined) to.engine = from.engine;
  if (from.comment !== undefined) to.comment = from.comment;
}

/** More columns and keys than a table can have. */
const MAX_DEFINITIONS = 5000;

/** Columns first: a key may be written before its columns. */
function define(context: Context, table: DraftTable, tokens: readonly Token[]): void {
  const later: { parsed: ParsedKey; part: Token[] }[] = [];
  const parts = splitAtCommas(tokens);
  if (parts.length > MAX_DEFINITIONS)
    throw new SqlSyntaxError(`it has more than ${MAX_DEFINITIONS} definitions`);
  for (const part of parts) {
    if (part.length === 0) continue;
    attempt(context, table, part, () => {
      const parsed = parseDefinition(context, part);
      if ('column' in parsed) addColumn(context, table, parsed);
      else if (parsed.what === 'period') addParsedKey(table, parsed);
      else later.push({ parsed, part });
    });
  }
  for (const { parsed, part } of later) {
    attempt(context, table, part, () => addParsedKey(table, parsed));
  }
}

/** Reads the tokens of one definition, all of them. */
export function parseDefinition(
  context: Context,
  tokens: readonly Token[],
): ParsedColumn | ParsedKey {
  const cursor: Cursor = { tokens, at: 0, source: context.cursor.source };
  if (!isKeyNext(cursor)) return parseColumn(cursor, context.rules);
  const parsed = parseKey(cursor, context.rules);
  if (!isAtEnd(cursor)) throw unexpected(cursor, 'the end of the definition');
  return parsed;
}

function attempt(context: Context, table: DraftTable, part: Token[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const text = written(context.cursor.source, part);
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    const offset = error.offset ?? part[0]!.start;
    context.lose(`"${shown}" of table ${table.name}`, error.message, { ...context.place, offset });
  }
}

/** CREATE TABLE … SELECT: the columns of the result follow those that are declared. */
function addSelected(context: Context, table: DraftTable): void {
  const { cursor, catalogue, rules } = context;
  accept(cursor, 'AS');
  const offset = peek(cursor)?.start ?? 0;
  const selected = resolveSelect(catalogue, parseSelect(cursor));
  for (const { name, type, nullable } of selected) {
    if (table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase())) continue;
    table.columns.push({ name, type, nullable, place: rules.place(offset) });
  }
}
