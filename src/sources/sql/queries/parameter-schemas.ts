import type { SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import type { JsonSchema } from '../../../blueprint/types.js';
import type { ColumnKind, ColumnModel } from '../model.js';
import { valueSchema } from '../tools/column-schema.js';
import type { ValueKind } from './checked-query.js';
import type { Placeholders } from './placeholders.js';

/** A value of which nothing is known; the runtime gives it on as it is. */
const ANY = 'any';

/** What a parameter may be, from what the database says of it. */
export function parameterSchema(type: ValueKind | undefined): JsonSchema {
  if (type === undefined) return { type: ['string', 'number', 'boolean'] };
  const column = {
    kind: type.kind,
    type: '',
    ...(type.element !== undefined && { element: type.element }),
    ...(type.values && { values: type.values }),
  };
  const model = { name: '', type: { kind: type.kind, sql: '' }, nullable: false } as ColumnModel;
  return valueSchema(column, model, {});
}

/** The kind of values that a JSON Schema of mcp.yaml lets through, where the database does not say. */
export function kindOfSchema({ type }: JsonSchema): string {
  const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== 'null');
  switch (types.length === 1 ? types[0] : undefined) {
    case 'integer':
      return 'bigint';
    case 'number':
      return 'float';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    case 'array':
      return 'array';
    case 'object':
      return 'json';
    default:
      return ANY;
  }
}

const NAME = '(?:[`"[]?[\\w$]+[`"\\]]?\\s*\\.\\s*)?[`"[]?([\\w$]+)[`"\\]]?';
const COMPARED = new RegExp(
  `${NAME}\\s*(?:=|==|<>|!=|<=|>=|<|>|\\bnot\\s+like\\b|\\blike\\b)\\s*$`,
  'i',
);
const BETWEEN = new RegExp(`${NAME}\\s+(?:not\\s+)?between\\s+(?:\\S+\\s+and\\s*)?$`, 'i');
const IN_LIST = new RegExp(`${NAME}\\s+(?:not\\s+)?in\\s*\\((?:\\s*:\\w+\\s*,)*\\s*$`, 'i');
const BOUND = /\b(?:limit|offset)\s*$/i;

/** For databases that do not tell: what stands before a parameter is a column of one kind, or a bound. */
export function guessKinds(
  sql: string,
  { uses }: Placeholders,
  { tables }: SqlDatabase,
): Map<string, ValueKind> {
  const kinds = new Map<string, ValueKind>();
  for (const { name, offset } of uses) {
    const before = sql.slice(Math.max(0, offset - 300), offset);
    const column = (COMPARED.exec(before) ?? BETWEEN.exec(before) ?? IN_LIST.exec(before))?.[1];
    const kind: ValueKind | undefined = BOUND.test(before)
      ? { kind: 'integer' }
      : column === undefined
        ? undefined
        : kindOf(column, sql, tables);
    if (kind && !kinds.has(name)) kinds.set(name, kind);
  }
  return kinds;
}

/** The kind of the columns of that name in the tables that the statement names, where they have one alone. */
function kindOf(
  name: string,
  sql: string,
  tables: Record<string, SqlTable>,
): ValueKind | undefined {
  const named = Object.values(tables).filter((table) =>
    sql.toLowerCase().includes(table.name.toLowerCase()),
  );
  const columns = named.flatMap(({ columns: all }) =>
    Object.entries(all).filter(
      ([shown, { name: real = shown }]) => real.toLowerCase() === name.toLowerCase(),
    ),
  );
  const [first] = columns;
  if (first === undefined) return undefined;
  const { kind, values } = first[1];
  const isSame = columns.every(([, column]) => column.kind === kind);
  return isSame ? { kind: kind as ColumnKind, ...(values && { values }) } : undefined;
}
