import { accept, acceptOne, isNext, name, peek, peekKey } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import { tokenize } from './lexical.js';
import type { Script } from './run-engine.js';
import { readVirtualTable } from './virtual-table.js';

/** What is done with a statement: run for the schema, passed over as rows and settings are, or refused with a reason. */
export type Classified =
  | { what: 'run'; script: Script; makes?: string; renames?: [string, string]; standsIn?: string }
  | { what: 'pass' }
  | { what: 'refuse'; reason: string };

const HEAD = 400;
const SETTINGS =
  /^PRAGMA\s+(?:main\s*\.\s*)?(?:foreign_keys|legacy_alter_table)\s*(?:=|\()\s*\w+\s*\)?\s*$/i;

/** Judges a statement by its first words. */
export function classifyStatement(sql: string): Classified {
  const first = /^[.\w]+/.exec(sql.slice(skipComments(sql)))?.[0]?.toUpperCase() ?? '';
  if (first.startsWith('.'))
    return first === '.READ' || first === '.IMPORT'
      ? { what: 'refuse', reason: 'other files are not followed: give them as sources' }
      : { what: 'pass' };
  if (first === 'ATTACH') return { what: 'refuse', reason: 'other databases are not opened' };
  if (first === 'PRAGMA')
    return SETTINGS.test(sql) ? { what: 'run', script: { sql } } : { what: 'pass' };
  if (first === 'INSERT') return dumpedVirtualTable(sql) ?? { what: 'pass' };
  if (first !== 'CREATE' && first !== 'ALTER' && first !== 'DROP') return { what: 'pass' };
  const virtual = readVirtualTable(sql);
  if (virtual) return virtualTable(sql, virtual);
  const cursor: Cursor = { tokens: tokenize(sql.slice(0, HEAD)), at: 1, source: sql };
  const isTemporary = first === 'CREATE' && acceptOne(cursor, 'TEMP', 'TEMPORARY') !== undefined;
  if (isTemporary && isNext(cursor, 'TABLE'))
    return { what: 'refuse', reason: 'a temporary table ends with its session' };
  const names = namesIn(cursor, first);
  // Its own tables, which the shell's `.schema` prints with the others.
  if (/^sqlite_/i.test(names.makes ?? '')) return { what: 'pass' };
  return { what: 'run', script: { sql }, ...names };
}

function skipComments(sql: string): number {
  return /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*/s.exec(sql)?.[0].length ?? 0;
}

/** The shell's `.dump` writes a virtual table as a row of the catalogue. */
function dumpedVirtualTable(sql: string): Classified | undefined {
  if (!/^INSERT\s+INTO\s+sqlite_(?:master|schema)\b/i.test(sql)) return undefined;
  const text = tokenize(sql).findLast(({ kind }) => kind === 'string')?.text ?? '';
  const virtual = readVirtualTable(text);
  return virtual && virtualTable(text, virtual);
}

function virtualTable(sql: string, virtual: { name: string; standIn?: string }): Classified {
  const { name: makes, standIn } = virtual;
  return {
    ...{ what: 'run', makes, script: { sql, ...(standIn !== undefined && { standIn }) } },
    ...(standIn !== undefined && { standsIn: makes.toLowerCase() }),
  };
}

/** The table or view that a statement makes or gives another name. */
function namesIn(cursor: Cursor, first: string): { makes?: string; renames?: [string, string] } {
  if (!acceptOne(cursor, 'TABLE', 'VIEW')) return {};
  accept(cursor, 'IF', 'NOT', 'EXISTS');
  const named = tableName(cursor);
  if (first === 'CREATE') return named === undefined ? {} : { makes: named };
  if (first !== 'ALTER' || !accept(cursor, 'RENAME', 'TO')) return {};
  const to = tableName(cursor);
  return named === undefined || to === undefined ? {} : { renames: [named, to] };
}

function tableName(cursor: Cursor): string | undefined {
  const token = peek(cursor);
  if (!token || token.kind === 'symbol') return undefined;
  if (token.kind === 'string') {
    cursor.at += 1;
    return token.text;
  }
  const named = name(cursor);
  if (peekKey(cursor) !== '.') return named;
  cursor.at += 1;
  return tableName(cursor);
}
