import type { ColumnKind, ColumnType } from '../model.js';
import type { TypeRow } from './catalogue-queries.js';

/** All types of a database, by object identifier. */
export type TypeCatalogue = {
  types: Map<string, TypeRow>;
  /** Types that only stand in for those of an extension that is not there, as `schema.name`. */
  standIns: ReadonlySet<string>;
};

const KINDS: Record<string, ColumnKind> = {
  int2: 'integer',
  int4: 'integer',
  oid: 'integer',
  int8: 'bigint',
  numeric: 'decimal',
  float4: 'float',
  float8: 'float',
  bool: 'boolean',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  char: 'text',
  name: 'text',
  date: 'date',
  time: 'time',
  timetz: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  interval: 'interval',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
  bytea: 'binary',
};

/** Modifiers of numeric and the character types count four bytes of a length word too. */
const HEADER = 4;

/** Domains over domains, and arrays of them: what lies deeper is nothing that a value could be checked against. */
const MAX_DEPTH = 100;

/**
 * The form that all dialects share of a type of the catalogue. `modifier` is -1 where there is none, `sql` as `format_type`
 * prints both.
 */
export function columnType(
  { types, standIns }: TypeCatalogue,
  oid: string,
  modifier: number,
  sql: string,
  depth = 0,
): ColumnType {
  const row = types.get(oid);
  if (!row || depth > MAX_DEPTH) return { kind: 'other', sql };
  const inner = (of: string, its: number, text: string): ColumnType =>
    columnType({ types, standIns }, of, its, text, depth + 1);
  if (row.array_of !== null) {
    const elementSql = sql.replace(/\[\]$/, '');
    return { kind: 'array', sql, element: inner(row.array_of, modifier, elementSql) };
  }
  if (row.kind === 'd' && row.base !== null) {
    if (standIns.has(`${row.schema}.${row.name}`)) return { kind: 'other', sql };
    const base = inner(row.base, row.base_modifier, row.base_sql ?? sql);
    return { ...base, sql, domain: row.name };
  }
  if (row.kind === 'e') return { kind: 'enum', sql, values: row.values ?? [], enumName: row.name };
  if (row.schema !== 'pg_catalog') return { kind: row.name === 'citext' ? 'text' : 'other', sql };
  const kind = Object.hasOwn(KINDS, row.name) ? KINDS[row.name] : undefined;
  return { kind: kind ?? 'other', sql, ...bounds(row.name, modifier) };
}

function bounds(name: string, modifier: number): Partial<ColumnType> {
  if (name === 'char') return { length: 1 };
  if (modifier < 0) return {};
  if (name === 'varchar' || name === 'bpchar') return { length: modifier - HEADER };
  if (name === 'bit' || name === 'varbit') return { length: modifier };
  if (name !== 'numeric') return {};
  const packed = modifier - HEADER;
  // Eleven bits with a sign: numeric(3, -2) rounds to hundreds.
  return { precision: (packed >> 16) & 0xffff, scale: ((packed & 0x7ff) ^ 0x400) - 0x400 };
}

/** The kind of a type of the database itself, by its name in `pg_type`. */
export function kindOfType(name: string): ColumnKind {
  return KINDS[name] ?? 'other';
}
