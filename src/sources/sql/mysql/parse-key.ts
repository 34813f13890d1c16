import {
  accept,
  acceptOne,
  group,
  isNext,
  name,
  peek,
  peekKey,
  splitAtCommas,
  written,
} from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { DraftForeignKey, DraftKey, DraftPeriod, KeyPart } from './draft.js';
import type { ColumnRules } from './parse-column.js';
import { parseReferences } from './parse-references.js';
import type { Token } from '../token.js';

export type ParsedKey =
  | { what: 'key'; key: DraftKey }
  | { what: 'foreign key'; foreignKey: DraftForeignKey }
  /** Nobody looks whether rows keep to a check that is off (NOT ENFORCED). */
  | { what: 'check'; check: { name?: string; expression: string }; isOff: boolean }
  /** A period of a table: no key, but keys may name it. */
  | { what: 'period'; period: DraftPeriod };

/** Whether a key or a constraint comes next, and not a column that is named like one. */
export function isKeyNext(cursor: Cursor): boolean {
  const [first, second, third] = [peekKey(cursor), peekKey(cursor, 1), peekKey(cursor, 2)];
  switch (first) {
    case 'CONSTRAINT':
      return true;
    case 'PRIMARY':
      return second === 'KEY';
    case 'FOREIGN':
      return second === 'KEY';
    case 'PERIOD':
      return second === 'FOR';
    case 'CHECK':
      return second === '(';
    case 'UNIQUE':
      return ['KEY', 'INDEX', '('].includes(second) || isKindNext(cursor) || isNamedKey(cursor);
    case 'VECTOR':
      return second === 'KEY' || second === 'INDEX';
    case 'FULLTEXT':
    case 'SPATIAL':
      return second === 'KEY' || second === 'INDEX' || second === '(' || third === '(';
    case 'KEY':
    case 'INDEX':
      return second === '(' || second === 'IF' || isKindNext(cursor) || isNamedKey(cursor);
    default:
      return false;
  }
}

/** `KEY USING BTREE (column)`: it has no name. */
function isKindNext(cursor: Cursor): boolean {
  return (
    /^(USING|TYPE)$/.test(peekKey(cursor, 1)) && /^(BTREE|HASH|RTREE)$/.test(peekKey(cursor, 2))
  );
}

/** `KEY name (column)` and `KEY name USING BTREE (column)`, unlike a column `key varchar(10)`: what is in the parentheses tells. */
function isNamedKey(cursor: Cursor): boolean {
  if (peekKey(cursor, 2) === 'USING') return true;
  if (peekKey(cursor, 2) !== '(') return false;
  const inside = peek(cursor, 3);
  // Of a dump with ANSI quotes, names are in double quotes: KEY "name" ("column").
  const isQuoted = inside?.isDouble === true && peek(cursor, 1)?.isDouble === true;
  return inside !== undefined && inside.kind !== 'number' && (inside.kind !== 'string' || isQuoted);
}

/** Reads a key, a constraint or a period of a table. MySQL 8.4 manual, "CREATE TABLE Statement", and MariaDB's additions. */
export function parseKey(cursor: Cursor, rules: ColumnRules): ParsedKey {
  const place = rules.place(peek(cursor)?.start ?? 0);
  let constraint: string | undefined;
  if (accept(cursor, 'CONSTRAINT')) {
    ifNotExists(cursor);
    if (!/^(PRIMARY|UNIQUE|FOREIGN|CHECK)$/.test(peekKey(cursor))) constraint = name(cursor);
  }
  if (accept(cursor, 'PERIOD', 'FOR')) {
    const period = name(cursor);
    return { what: 'period', period: { name: period, columns: namesOf(group(cursor)) } };
  }
  if (accept(cursor, 'CHECK')) {
    const expression = written(cursor.source, group(cursor));
    const isOff = accept(cursor, 'NOT');
    accept(cursor, 'ENFORCED');
    const check = { ...(constraint !== undefined && { name: constraint }), expression };
    return { what: 'check', check, isOff };
  }
  if (accept(cursor, 'FOREIGN', 'KEY')) {
    ifNotExists(cursor);
    const own = isNext(cursor, '(') ? undefined : name(cursor);
    const columns = partsOf(cursor.source, group(cursor)).flatMap((part) => part.column ?? []);
    const foreignKey = parseReferences(cursor, columns, place);
    const keyName = constraint ?? own;
    if (keyName !== undefined) Object.assign(foreignKey, { name: keyName, isNamed: true });
    return { what: 'foreign key', foreignKey };
  }
  return { what: 'key', key: indexKey(cursor, constraint) };
}

function indexKey(cursor: Cursor, constraint: string | undefined): DraftKey {
  const kind = keyKind(cursor);
  acceptOne(cursor, 'KEY', 'INDEX');
  ifNotExists(cursor);
  const isNameless = isNext(cursor, '(') || isKindNext({ ...cursor, at: cursor.at - 1 });
  const own = isNameless ? undefined : name(cursor);
  indexOptions(cursor);
  const parts = partsOf(cursor.source, group(cursor));
  indexOptions(cursor);
  const keyName = kind === 'primary' ? undefined : (own ?? constraint);
  return { kind, ...(keyName !== undefined && { name: keyName }), parts };
}

function keyKind(cursor: Cursor): DraftKey['kind'] {
  if (accept(cursor, 'PRIMARY')) return 'primary';
  if (accept(cursor, 'UNIQUE')) return 'unique';
  if (accept(cursor, 'FULLTEXT')) return 'fulltext';
  if (accept(cursor, 'VECTOR')) return 'vector';
  return accept(cursor, 'SPATIAL') ? 'spatial' : 'index';
}

function ifNotExists(cursor: Cursor): boolean {
  return accept(cursor, 'IF', 'NOT', 'EXISTS');
}

/** `USING BTREE`, comments, parsers, visibility: nothing of it says which columns. */
export function indexOptions(cursor: Cursor): void {
  for (;;) {
    if (
      acceptOne(
        cursor,
        'USING',
        'TYPE',
        'COMMENT',
        'KEY_BLOCK_SIZE',
        'ENGINE_ATTRIBUTE',
        'CLUSTERING',
      )
    ) {
      accept(cursor, '=');
      cursor.at += 1;
    } else if (accept(cursor, 'WITH', 'PARSER')) cursor.at += 1;
    else if (peekKey(cursor, 1) === '=') cursor.at += 3;
    else if (
      !acceptOne(cursor, 'VISIBLE', 'INVISIBLE', 'IGNORED', 'ENFORCED') &&
      !accept(cursor, 'NOT')
    )
      return;
  }
}

/** The parts of a key: `column`, `column(10)`, `column DESC`, or an expression in parentheses. */
export function partsOf(source: string, tokens: readonly Token[]): KeyPart[] {
  return splitAtCommas(tokens)
    .filter((part) => part.length > 0)
    .map((part) =>
      part[0]!.key === '('
        ? { expression: written(source, part) }
        : { column: part[0]!.text, ...(part[1]?.key === 'WITHOUT' && { isPeriod: true as const }) },
    );
}

function namesOf(tokens: readonly Token[]): string[] {
  return splitAtCommas(tokens).flatMap(([first]) => first?.text ?? []);
}
