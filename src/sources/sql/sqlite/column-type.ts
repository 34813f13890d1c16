import type { ColumnKind, ColumnType } from '../model.js';

/** Names that say more than their affinity, and names whose affinity misleads (INTERVAL and POINT hold INT). */
const KINDS: Record<string, ColumnKind> = {
  BOOL: 'boolean',
  BOOLEAN: 'boolean',
  BIT: 'integer',
  BIGINT: 'bigint',
  INT8: 'bigint',
  BIGSERIAL: 'bigint',
  BIGINTEGER: 'bigint',
  'UNSIGNED BIG INT': 'bigint',
  LONG: 'bigint',
  SERIAL: 'integer',
  YEAR: 'integer',
  DECIMAL: 'decimal',
  NUMERIC: 'decimal',
  NUMBER: 'decimal',
  MONEY: 'decimal',
  SMALLMONEY: 'decimal',
  CURRENCY: 'decimal',
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'timestamp',
  DATETIME2: 'timestamp',
  SMALLDATETIME: 'timestamp',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITHOUT TIME ZONE': 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  TIMESTAMPTZ: 'timestamptz',
  DATETIMEOFFSET: 'timestamptz',
  INTERVAL: 'interval',
  UUID: 'uuid',
  GUID: 'uuid',
  UNIQUEIDENTIFIER: 'uuid',
  JSON: 'json',
  JSONB: 'json',
  STRING: 'text',
  ENUM: 'text',
  INET: 'text',
  CIDR: 'text',
  XML: 'text',
  CITEXT: 'text',
  BINARY: 'binary',
  VARBINARY: 'binary',
  'BINARY VARYING': 'binary',
  BYTEA: 'binary',
  IMAGE: 'binary',
  POINT: 'other',
  LINESTRING: 'other',
  POLYGON: 'other',
  MULTIPOINT: 'other',
  GEOMETRY: 'other',
  ANY: 'other',
};

/**
 * The type of a declaration, which SQLite takes as a hint: by name where the name is a common one, else by affinity
 * (https://sqlite.org/datatype3.html, 3.1).
 */
export function columnType(declared: string): ColumnType {
  const sql = declared.trim().toLowerCase();
  const sizes = (/\(([^)]*)\)/.exec(declared)?.[1] ?? '')
    .split(',')
    .map((size) => Number.parseInt(size, 10));
  const [first, second] = sizes.filter(Number.isFinite);
  const name = declared
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase();
  const isUnsigned = /\bUNSIGNED\b/.test(name);
  const kind = kindOf(name, isUnsigned, first);
  return {
    ...{ kind, sql },
    ...((kind === 'text' || kind === 'binary') &&
      first !== undefined &&
      first > 0 && { length: first }),
    ...(kind === 'decimal' && first !== undefined && { precision: first, scale: second ?? 0 }),
    ...(isUnsigned && { unsigned: true }),
  };
}

function kindOf(name: string, isUnsigned: boolean, size: number | undefined): ColumnKind {
  if (name === 'TINYINT' && size === 1) return 'boolean';
  const bare = name === 'UNSIGNED BIG INT' ? name : name.replace(/ ?\bUNSIGNED\b ?/, ' ').trim();
  const known = Object.hasOwn(KINDS, bare) ? KINDS[bare] : undefined;
  if (known && !(isUnsigned && known === 'other')) return known;
  if (/INT/.test(name)) return 'integer';
  if (/CHAR|CLOB|TEXT/.test(name)) return 'text';
  if (/BLOB/.test(name)) return 'binary';
  if (/REAL|FLOA|DOUB/.test(name)) return 'float';
  return 'other';
}
