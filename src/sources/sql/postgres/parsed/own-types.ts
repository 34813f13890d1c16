import type {
  AlterDomainStmt,
  AlterEnumStmt,
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateRangeStmt,
  Constraint,
  DefineStmt,
  Node,
} from 'libpg-query';
import type { Catalogue, OwnType } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { newColumn } from './columns.js';
import { chooseName, ownTypeOf, rangeName, schemaForNew, splitName, stringsOf } from './names.js';
import { typeUse } from './type-use.js';
import { Refused, there } from './refused.js';

function addType(
  catalogue: Catalogue,
  parts: { schema?: string; name: string },
  kind: OwnType['kind'],
  rest: Partial<OwnType> = {},
): OwnType {
  const schema = schemaForNew(catalogue, parts.schema);
  const key = keyOf(schema, parts.name);
  const known = catalogue.types.get(key);
  // A type may be named before it is made: `CREATE TYPE point`.
  if (known && known.kind !== 'b') throw there(`type "${parts.name}"`);
  const { name } = parts;
  const empty = { values: [], notNull: false, checks: [], columns: [] };
  const type = Object.assign(known ?? {}, {
    schema,
    name,
    kind,
    ...empty,
    hidden: catalogue.hidden,
    ...rest,
  });
  catalogue.types.set(key, type);
  return type;
}

export function createEnum(catalogue: Catalogue, { typeName, vals }: CreateEnumStmt): void {
  addType(catalogue, splitName(stringsOf(typeName)), 'e', { values: stringsOf(vals) });
}

export function createComposite(
  catalogue: Catalogue,
  { typevar, coldeflist = [] }: CompositeTypeStmt,
): void {
  const columns = coldeflist.flatMap((node) =>
    'ColumnDef' in node
      ? [newColumn(node.ColumnDef.colname ?? '', typeUse(catalogue, node.ColumnDef.typeName ?? {}))]
      : [],
  );
  addType(catalogue, rangeName(typevar ?? {}), 'c', { columns });
}

export function createRange(catalogue: Catalogue, { typeName }: CreateRangeStmt): void {
  addType(catalogue, splitName(stringsOf(typeName)), 'r');
}

/** CREATE TYPE of a base type, or of one that only has a name yet. */
export function defineType(catalogue: Catalogue, { defnames }: DefineStmt): void {
  const parts = splitName(stringsOf(defnames));
  addType(catalogue, parts, 'b', { hidden: true });
}

export function createDomain(
  catalogue: Catalogue,
  { domainname, typeName, constraints = [] }: CreateDomainStmt,
): void {
  const base = typeUse(catalogue, typeName ?? {});
  const type = addType(catalogue, splitName(stringsOf(domainname)), 'd', { base });
  for (const node of constraints) if ('Constraint' in node) constrainDomain(type, node.Constraint);
}

function constrainDomain(type: OwnType, { contype, conname, raw_expr }: Constraint): void {
  if (contype === 'CONSTR_NOTNULL') type.notNull = true;
  if (contype !== 'CONSTR_CHECK' || !raw_expr) return;
  const isTaken = (name: string): boolean => type.checks.some((check) => check.name === name);
  const name = conname ?? chooseName(type.name, '', 'check', isTaken);
  type.checks.push({ name, expression: raw_expr });
}

export function alterDomain(
  catalogue: Catalogue,
  { subtype, typeName, name, def }: AlterDomainStmt,
): void {
  const type = ownTypeOf(catalogue, stringsOf(typeName));
  if (subtype === 'N') type.notNull = false;
  if (subtype === 'O') type.notNull = true;
  if (subtype === 'C' && def && 'Constraint' in def) constrainDomain(type, def.Constraint);
  if (subtype === 'X') type.checks = type.checks.filter((check) => check.name !== name);
}

/** ADD VALUE and RENAME VALUE. */
export function alterEnum(catalogue: Catalogue, statement: AlterEnumStmt): void {
  const { newVal = '', oldVal, newValNeighbor, newValIsAfter, skipIfNewValExists } = statement;
  const type = ownTypeOf(catalogue, stringsOf(statement.typeName));
  const place = (value: string): number => {
    const at = type.values.indexOf(value);
    if (at < 0) throw new Refused(`"${value}" is not an existing enum label`, { later: true });
    return at;
  };
  if (type.values.includes(newVal)) {
    if (skipIfNewValExists) return;
    throw there(`enum label "${newVal}"`);
  }
  if (oldVal !== undefined) type.values[place(oldVal)] = newVal;
  else if (newValNeighbor === undefined) type.values.push(newVal);
  else type.values.splice(place(newValNeighbor) + (newValIsAfter ? 1 : 0), 0, newVal);
}

/** Names of a list of names, or of a type as statements about types give them. */
export function typeParts(node: Node | undefined): string[] {
  if (!node) return [];
  if ('TypeName' in node) return stringsOf(node.TypeName.names);
  return 'List' in node ? stringsOf(node.List.items) : stringsOf([node]);
}
