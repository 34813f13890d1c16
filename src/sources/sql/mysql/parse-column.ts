import type { DraftColumn, DraftForeignKey, DraftKey, Place } from './draft.js';
import { accept, acceptOne, group, isAtEnd, isNext, name, peek, written } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import { namesIn } from '../names-in.js';
import { parseType } from './parse-type.js';
import { parseReferences } from './parse-references.js';
import type { Token } from '../token.js';

export type ParsedColumn = {
  column: DraftColumn;
  keys: DraftKey[];
  foreignKeys: DraftForeignKey[];
  checks: { name?: string; expression: string }[];
  /** Words that no server documents for a column: passed over. */
  unknown: Token[];
  /** Of ALTER TABLE: where the column goes. */
  position?: 'first' | { after: string };
};

export type ColumnRules = {
  place: (offset: number) => Place;
  /** Whether `REFERENCES` behind a column makes a foreign key (MariaDB since 10.5, MySQL since 9.0). */
  inlineReferences: boolean;
};

/** Reads a column definition: name, type and attributes in any order. MySQL 8.4 manual, "CREATE TABLE Statement". */
export function parseColumn(cursor: Cursor, rules: ColumnRules): ParsedColumn {
  const place = rules.place(peek(cursor)?.start ?? 0);
  const columnName = name(cursor, 'the name of a column');
  const { type, isSerial } = parseType(cursor);
  const column: DraftColumn = { name: columnName, type, nullable: true, place };
  const parsed: ParsedColumn = { column, keys: [], foreignKeys: [], checks: [], unknown: [] };
  if (isSerial) {
    column.nullable = false;
    column.autoIncrement = true;
    parsed.keys.push(keyOf('unique', columnName));
  }
  while (!isAtEnd(cursor)) {
    if (!attribute(cursor, parsed, rules)) {
      parsed.unknown.push(peek(cursor)!);
      cursor.at += 1;
    }
  }
  return parsed;
}

function keyOf(kind: DraftKey['kind'], column: string): DraftKey {
  return { kind, parts: [{ column }] };
}

/** Reads one attribute into `parsed`; false where the next word is none. */
function attribute(cursor: Cursor, parsed: ParsedColumn, rules: ColumnRules): boolean {
  const { column } = parsed;
  if (accept(cursor, 'NOT', 'NULL')) column.nullable = false;
  else if (accept(cursor, 'NULL')) column.nullable = true;
  else if (accept(cursor, 'DEFAULT')) {
    const start = cursor.at;
    setDefault(column, defaultText(cursor), cursor.tokens.slice(start, cursor.at));
  } else if (accept(cursor, 'ON', 'UPDATE')) defaultText(cursor);
  else if (acceptOne(cursor, 'AUTO_INCREMENT', 'AUTOINCREMENT')) column.autoIncrement = true;
  else if (accept(cursor, 'SERIAL', 'DEFAULT', 'VALUE')) {
    Object.assign(column, { nullable: false, autoIncrement: true });
    parsed.keys.push(keyOf('unique', column.name));
  } else if (accept(cursor, 'UNIQUE')) {
    accept(cursor, 'KEY');
    parsed.keys.push(keyOf('unique', column.name));
  } else if (accept(cursor, 'PRIMARY', 'KEY') || accept(cursor, 'KEY')) {
    parsed.keys.push(keyOf('primary', column.name));
  } else if (accept(cursor, 'COMMENT')) setComment(cursor, column);
  else if (isNext(cursor, 'REFERENCES')) {
    const foreignKey = parseReferences(cursor, [column.name], column.place);
    if (rules.inlineReferences) parsed.foreignKeys.push(foreignKey);
  } else if (accept(cursor, 'CHECK')) addCheck(cursor, parsed, undefined);
  else if (accept(cursor, 'CONSTRAINT')) {
    const constraint = isNext(cursor, 'CHECK') ? undefined : name(cursor);
    if (accept(cursor, 'CHECK')) addCheck(cursor, parsed, constraint);
  } else return generated(cursor, column) || storage(cursor) || position(cursor, parsed);
  return true;
}

export function setDefault(column: DraftColumn, text: string, tokens: readonly Token[]): void {
  delete column.default;
  delete column.madeOf;
  if (text.toUpperCase() === 'NULL') return;
  column.default = text;
  // In double quotes stands a text here.
  if (tokens.some(({ kind }) => kind !== 'string')) column.madeOf = namesIn(tokens);
}

function setComment(cursor: Cursor, column: DraftColumn): void {
  const comment = peek(cursor)?.text ?? '';
  cursor.at += 1;
  if (comment !== '') column.comment = comment;
}

function addCheck(cursor: Cursor, parsed: ParsedColumn, constraint: string | undefined): void {
  const expression = written(cursor.source, group(cursor));
  // Nobody looks whether rows keep to one that is off.
  if (accept(cursor, 'NOT', 'ENFORCED')) return;
  accept(cursor, 'ENFORCED');
  if (/^json_valid\s*\(\s*[`"]?[\w$]+[`"]?\s*\)$/i.test(expression)) {
    parsed.column.type = { ...parsed.column.type, kind: 'json' };
  }
  parsed.checks.push({ ...(constraint !== undefined && { name: constraint }), expression });
}

/** A literal, `CURRENT_TIMESTAMP(3)`, or an expression in parentheses. */
function defaultText(cursor: Cursor): string {
  const start = cursor.at;
  if (isNext(cursor, '(')) {
    const inner = group(cursor);
    return written(cursor.source, inner);
  }
  if (isNext(cursor, '-') || isNext(cursor, '+')) cursor.at += 1;
  const first = peek(cursor);
  cursor.at += 1;
  // b'0', x'ff', _utf8'…': the prefix and its string are one literal.
  if (first?.kind === 'word' && peek(cursor)?.kind === 'string') cursor.at += 1;
  else if (first?.kind === 'word' && isNext(cursor, '(')) group(cursor);
  else if (first?.kind === 'string') {
    while (peek(cursor)?.kind === 'string') cursor.at += 1;
  }
  return written(cursor.source, cursor.tokens.slice(start, cursor.at));
}

function generated(cursor: Cursor, column: DraftColumn): boolean {
  if (accept(cursor, 'GENERATED')) {
    accept(cursor, 'ALWAYS');
    if (!isNext(cursor, 'AS')) return true;
  }
  if (!accept(cursor, 'AS')) return false;
  if (accept(cursor, 'ROW')) {
    acceptOne(cursor, 'START', 'END');
    column.generated = 'stored';
    column.madeOf = [];
    column.nullable = false;
    return true;
  }
  column.madeOf = namesIn(group(cursor));
  const how = acceptOne(cursor, 'VIRTUAL', 'STORED', 'PERSISTENT');
  column.generated = how === 'STORED' || how === 'PERSISTENT' ? 'stored' : 'virtual';
  return true;
}

/** Attributes that say nothing about the values. */
function storage(cursor: Cursor): boolean {
  if (
    acceptOne(
      cursor,
      'VISIBLE',
      'INVISIBLE',
      'COMPRESSED',
      'BINARY',
      'ENFORCED',
      'UNSIGNED',
      'VIRTUAL',
      'STORED',
      'PERSISTENT',
    )
  )
    return true;
  if (accept(cursor, 'NOT', 'ENFORCED')) return true;
  if (accept(cursor, 'WITH', 'SYSTEM', 'VERSIONING')) return true;
  if (accept(cursor, 'WITHOUT', 'SYSTEM', 'VERSIONING')) return true;
  if (
    accept(cursor, 'CHARACTER', 'SET') ||
    acceptOne(
      cursor,
      'CHARSET',
      'COLLATE',
      'COLUMN_FORMAT',
      'STORAGE',
      'SRID',
      'REF_SYSTEM_ID',
      'ENGINE_ATTRIBUTE',
      'SECONDARY_ENGINE_ATTRIBUTE',
    )
  ) {
    accept(cursor, '=');
    cursor.at += 1;
    return true;
  }
  return false;
}

function position(cursor: Cursor, parsed: ParsedColumn): boolean {
  if (accept(cursor, 'FIRST')) parsed.position = 'first';
  else if (accept(cursor, 'AFTER')) parsed.position = { after: name(cursor) };
  else return false;
  return true;
}
