import { alterTable } from './alter-table.js';
import { needTable } from './catalogue.js';
import type { Context } from './context.js';
import { createRoutine, createTrigger } from './create-routine.js';
import { createTable } from './create-table.js';
import { createView } from './create-view.js';
import {
  accept,
  acceptOne,
  group,
  isAtEnd,
  isNext,
  name,
  peek,
  peekKey,
  qualifiedName,
  SqlSyntaxError,
} from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { DraftKey } from './draft.js';
import { addKey } from './add-definition.js';
import { drop, renameTables } from './drop.js';
import { indexOptions, partsOf } from './parse-key.js';

/** First words of statements that shape the schema, and of those that may do so out of sight. The rest is data and settings. */
export const SHAPING = new Set('CREATE ALTER DROP RENAME USE CALL PREPARE SOURCE \\'.split(' '));

/** Carries out one statement. Throws an SqlSyntaxError when it, or what it needs, cannot be understood. */
export function runStatement(context: Context): void {
  const { cursor, catalogue } = context;
  const first = acceptOne(cursor, ...SHAPING);
  if (first === 'CREATE') create(context);
  else if (first === 'ALTER') alter(context);
  else if (first === 'DROP') drop(context);
  else if (first === 'RENAME') renameTables(context);
  else if (first === 'USE') catalogue.database = name(cursor, 'a database');
  else if (first === 'CALL')
    throw new SqlSyntaxError('what a procedure does when it runs is not read');
  else if (first === 'PREPARE')
    throw new SqlSyntaxError('a statement that is put together when it runs is not read');
  else if (first !== undefined)
    throw new SqlSyntaxError('other files are not followed: give them as sources');
}

const KINDS = ['TABLE', 'VIEW', 'INDEX', 'FUNCTION', 'PROCEDURE', 'TRIGGER'];
/** Things without rows; passed over without a word. */
const ELSEWHERE = [
  ...['DATABASE', 'SCHEMA', 'USER', 'ROLE', 'EVENT', 'SERVER', 'TABLESPACE', 'LOGFILE', 'UNDO'],
  ...['SEQUENCE', 'RESOURCE', 'SPATIAL', 'PACKAGE', 'LIBRARY', 'INSTANCE'],
];

function create(context: Context): void {
  const { cursor } = context;
  const isReplaced = accept(cursor, 'OR', 'REPLACE');
  const flags = new Set<string>();
  let kind: string | undefined;
  while (!isAtEnd(cursor) && kind === undefined) {
    const key = peekKey(cursor);
    if (ELSEWHERE.includes(key) && !(key === 'SPATIAL' && isNext(cursor, 'SPATIAL', 'INDEX')))
      return;
    if (KINDS.includes(key)) kind = key;
    else flags.add(key);
    cursor.at += 1;
  }
  if (kind === 'TABLE') {
    if (flags.has('TEMPORARY')) throw new SqlSyntaxError('a temporary table ends with its session');
    createTable(context, isReplaced);
  } else if (kind === 'VIEW') createView(context, isReplaced);
  else if (kind === 'INDEX') createIndex(context, indexKind(flags));
  else if (kind === 'FUNCTION') createRoutine(context, 'function', isReplaced);
  else if (kind === 'PROCEDURE') createRoutine(context, 'procedure', isReplaced);
  else if (kind === 'TRIGGER') createTrigger(context);
  else throw new SqlSyntaxError('it is not known what this makes');
}

function indexKind(flags: Set<string>): DraftKey['kind'] {
  if (flags.has('UNIQUE')) return 'unique';
  if (flags.has('FULLTEXT')) return 'fulltext';
  if (flags.has('VECTOR')) return 'vector';
  return flags.has('SPATIAL') ? 'spatial' : 'index';
}

function createIndex(context: Context, kind: DraftKey['kind']): void {
  const { cursor, catalogue } = context;
  const mayExist = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const keyName = name(cursor);
  indexOptions(cursor);
  accept(cursor, 'ON');
  const table = needTable(catalogue, qualifiedName(cursor));
  const isThere = table.keys.some((key) => key.name?.toLowerCase() === keyName.toLowerCase());
  if (isThere && mayExist) return;
  addKey(table, { kind, name: keyName, parts: partsOf(cursor.source, group(cursor)) });
}

function alter(context: Context): void {
  const { cursor } = context;
  if (accept(cursor, 'ONLINE') || accept(cursor, 'IGNORE')) return alter(context);
  if (accept(cursor, 'TABLE')) return alterTable(context);
  if (!isViewNext(cursor)) return;
  while (peek(cursor) && !accept(cursor, 'VIEW')) cursor.at += 1;
  createView(context, true);
}

/** `ALTER ALGORITHM = … DEFINER = … SQL SECURITY … VIEW`. */
function isViewNext(cursor: Cursor): boolean {
  return ['VIEW', 'ALGORITHM', 'SQL'].includes(peekKey(cursor)) || isNext(cursor, 'DEFINER', '=')
    ? cursor.tokens.some(({ key }) => key === 'VIEW')
    : false;
}
