import type { Node, RangeVar } from 'libpg-query';
import type { Catalogue, Column, OwnType, Relation } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { missing } from './refused.js';

/** Where temporary things are: nobody else sees them. */
export const TEMPORARY = 'pg_temp';

/** The strings of a list of names. */
export function stringsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** Name and schema of the last parts of a dotted name. */
export function splitName(parts: readonly string[]): { schema?: string; name: string } {
  const schema = parts.at(-2);
  return { name: parts.at(-1) ?? '', ...(schema !== undefined && { schema }) };
}

export function rangeName({ schemaname, relname }: RangeVar): { schema?: string; name: string } {
  return { name: relname ?? '', ...(schemaname && { schema: schemaname }) };
}

/** Where something new without a schema goes: the first schema of the path that is there, or else the first of all. */
export function schemaForNew(catalogue: Catalogue, schema: string | undefined): string {
  const { path, schemas } = catalogue;
  const chosen = schema ?? path.find((one) => schemas.has(one)) ?? path[0] ?? 'public';
  schemas.add(chosen);
  return chosen;
}

/** Looks a name up as PostgreSQL does. */
export function findIn<Thing>(
  catalogue: Catalogue,
  things: ReadonlyMap<string, Thing>,
  { schema, name }: { schema?: string; name: string },
): Thing | undefined {
  if (schema !== undefined) return things.get(keyOf(schema, name));
  for (const one of [TEMPORARY, ...catalogue.path]) {
    const found = things.get(keyOf(one, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

export const printName = ({ schema, name }: { schema?: string; name: string }): string =>
  schema === undefined ? name : `${schema}.${name}`;

/** Throws a Refused where it is not there (yet). */
export function relationOf(catalogue: Catalogue, range: RangeVar | undefined): Relation {
  const name = rangeName(range ?? {});
  const found = findIn(catalogue, catalogue.relations, name);
  if (!found) throw missing(`relation "${printName(name)}"`);
  return found;
}

/** Throws a Refused where it is not there (yet). */
export function ownTypeOf(catalogue: Catalogue, parts: readonly string[]): OwnType {
  const found = findIn(catalogue, catalogue.types, splitName(parts));
  if (!found) throw missing(`type "${parts.join('.')}"`);
  return found;
}

/** Throws a Refused where it is not there (yet). */
export function columnOf(relation: Relation, name: string): Column {
  const found = relation.columns.find((column) => column.name === name);
  if (!found) throw missing(`column "${name}" of relation "${relation.name}"`);
  return found;
}

const MOST = 63;

/** A column that an expression or an index names. Throws a Refused. */
export function columnIn(relation: Relation, name: string): Column {
  const found = relation.columns.find((column) => column.name === name);
  if (!found) throw missing(`column "${name}"`);
  return found;
}

/** What PostgreSQL calls things that got no name: `orders_customer_id_fkey`, cut to 63 characters, numbered where it is taken. */
export function chooseName(
  first: string,
  second: string,
  label: string,
  taken: (name: string) => boolean,
): string {
  for (let number = 0; ; number++) {
    const name = objectName(first, second, number === 0 ? label : `${label}${number}`);
    if (!taken(name)) return name;
  }
}

function objectName(first: string, second: string, label: string): string {
  const room = MOST - label.length - 1 - (second === '' ? 0 : 1);
  let [a, b] = [first.length, second.length];
  while (a + b > room) {
    if (a > b) a--;
    else b--;
  }
  return [first.slice(0, a), second.slice(0, b), label].filter((part) => part !== '').join('_');
}

/** All columns of a key or index in one name. */
export function joinedNames(names: readonly string[]): string {
  return names.join('_').slice(0, MOST);
}
