import type { ColumnKind, ColumnType } from '../model.js';
import { accept, acceptOne, group, isNext, name, peek, peekKey } from '../cursor.js';
import type { Cursor } from '../cursor.js';

/** A column's type as it was declared, in the form that the catalogue shows: `int unsigned`, `varchar(255)`. */
export type DeclaredType = {
  type: ColumnType;
  /** SERIAL stands for more than a type. */
  isSerial: boolean;
};

const SYNONYMS: Record<string, string> = {
  INTEGER: 'int',
  INT1: 'tinyint',
  INT2: 'smallint',
  INT3: 'mediumint',
  INT4: 'int',
  INT8: 'bigint',
  MIDDLEINT: 'mediumint',
  DEC: 'decimal',
  NUMERIC: 'decimal',
  FIXED: 'decimal',
  NUMBER: 'decimal',
  REAL: 'double',
  FLOAT4: 'float',
  FLOAT8: 'double',
  CHARACTER: 'char',
  NCHAR: 'char',
  NVARCHAR: 'varchar',
  VARCHARACTER: 'varchar',
  VARCHAR2: 'varchar',
  CLOB: 'longtext',
  RAW: 'varbinary',
};

const KINDS: Record<string, ColumnKind> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  year: 'integer',
  bigint: 'bigint',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  char: 'text',
  varchar: 'text',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
  date: 'date',
  time: 'time',
  datetime: 'timestamp',
  timestamp: 'timestamp',
  json: 'json',
  uuid: 'uuid',
  enum: 'enum',
  set: 'set',
};

/** Reads a type with its attributes. MySQL 8.4 manual, "Data Types"; MariaDB's and Oracle-mode names too. */
export function parseType(cursor: Cursor): DeclaredType {
  if (accept(cursor, 'SERIAL')) {
    const type: ColumnType = { kind: 'bigint', sql: 'bigint unsigned', unsigned: true };
    return { type, isSerial: true };
  }
  const base = baseName(cursor);
  const type = base === 'enum' || base === 'set' ? listType(cursor, base) : sized(cursor, base);
  return { type: attributes(cursor, type), isSerial: false };
}

function baseName(cursor: Cursor): string {
  if (accept(cursor, 'DOUBLE', 'PRECISION')) return 'double';
  if (accept(cursor, 'LONG')) {
    if (acceptOne(cursor, 'VARBINARY', 'BYTE')) return 'mediumblob';
    acceptOne(cursor, 'VARCHAR', 'VARCHARACTER') ?? accept(cursor, 'CHAR', 'VARYING');
    return 'mediumtext';
  }
  accept(cursor, 'NATIONAL');
  const word = name(cursor, 'a type').toUpperCase();
  const isVarying = /^N?CHAR(ACTER)?$/.test(word) && accept(cursor, 'VARYING');
  if (isVarying || (word === 'NCHAR' && accept(cursor, 'VARCHAR'))) return 'varchar';
  return SYNONYMS[word] ?? word.toLowerCase();
}

function listType(cursor: Cursor, kind: 'enum' | 'set'): ColumnType {
  const values = isNext(cursor, '(')
    ? group(cursor)
        .filter((token) => token.kind === 'string')
        .map((token) => token.text.trimEnd())
    : [];
  return { kind, sql: listSql(kind, values), values };
}

/** `enum('a','b')`, as the catalogue writes it. */
function listSql(kind: string, values: readonly string[]): string {
  return `${kind}(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',')})`;
}

function sized(cursor: Cursor, base: string): ColumnType {
  const sizes = isNext(cursor, '(')
    ? group(cursor)
        .filter((token) => token.kind === 'number')
        .map((token) => Number(token.text))
    : [];
  return typeOf(base, sizes);
}

/** The type of a base name in lower case with the numbers in parentheses after it. */
function typeOf(base: string, sizes: readonly number[]): ColumnType {
  if (base === 'bool' || base === 'boolean') return { kind: 'boolean', sql: 'tinyint(1)' };
  const [first, second] = sizes;
  if (base === 'text' || base === 'blob') {
    const sql = first === undefined ? base : `${fitting(first)}${base}`;
    return { kind: KINDS[base]!, sql };
  }
  const sql = sizes.length === 0 ? base : `${base}(${sizes.join(',')})`;
  const kind = KINDS[base] ?? 'other';
  switch (base) {
    case 'tinyint':
      return { kind: first === 1 ? 'boolean' : 'integer', sql };
    case 'bit':
      return { kind: (first ?? 1) === 1 ? 'boolean' : 'other', sql: `bit(${first ?? 1})` };
    case 'decimal': {
      const [precision, scale] = [first ?? 10, second ?? 0];
      return { kind, sql: `decimal(${precision},${scale})`, precision, scale };
    }
    case 'float':
      return { kind, sql: first !== undefined && second === undefined ? floatOf(first) : sql };
    case 'char':
    case 'binary':
      return { kind, sql: `${base}(${first ?? 1})`, length: first ?? 1 };
    case 'varchar':
    case 'varbinary':
      return { kind, sql, ...(first !== undefined && { length: first }) };
    case 'time':
    case 'datetime':
    case 'timestamp':
      return { kind, sql: first === 0 ? base : sql, precision: first ?? 0 };
    default:
      return { kind, sql };
  }
}

/** `TEXT(n)` becomes the smallest type that holds n. */
function fitting(size: number): string {
  if (size === 0 || size > 16_777_215) return size === 0 ? '' : 'long';
  if (size > 65_535) return 'medium';
  return size > 255 ? '' : 'tiny';
}

function floatOf(precision: number): string {
  return precision > 24 ? 'double' : 'float';
}

/** `unsigned`, `zerofill`, character sets: whatever may follow a type before other attributes. */
function attributes(cursor: Cursor, declared: ColumnType): ColumnType {
  let type = declared;
  for (;;) {
    const key = peekKey(cursor);
    if (key === 'UNSIGNED' || key === 'ZEROFILL') {
      cursor.at += 1;
      type = { ...type, unsigned: true };
    } else if (key === 'SIGNED' || key === 'ASCII' || key === 'UNICODE') cursor.at += 1;
    else if (key === 'BYTE') {
      cursor.at += 1;
      type = toBinary(type);
    } else if (key === 'BINARY') cursor.at += 1;
    else if (
      key === 'CHARSET' ||
      isNext(cursor, 'CHARACTER', 'SET') ||
      isNext(cursor, 'CHAR', 'SET')
    ) {
      cursor.at += key === 'CHARSET' ? 1 : 2;
      accept(cursor, '=');
      if ((peek(cursor)?.text.toLowerCase() ?? '') === 'binary') type = toBinary(type);
      cursor.at += 1;
    } else if (key === 'COLLATE') {
      cursor.at += 1;
      accept(cursor, '=');
      cursor.at += 1;
    } else break;
  }
  return type.unsigned ? { ...type, sql: `${type.sql} unsigned` } : type;
}

/** Text of the character set `binary` is bytes. */
function toBinary(type: ColumnType): ColumnType {
  if (type.kind !== 'text') return type;
  const sql = type.sql
    .replace('varchar', 'varbinary')
    .replace('char', 'binary')
    .replace('text', 'blob');
  return { ...type, kind: 'binary', sql };
}
