import type { Node, TypeName } from 'libpg-query';
import { builtinType, isBuiltin } from './builtin-types.js';
import type { Catalogue, OwnType, TypeUse } from './catalogue.js';
import { keyOf } from './catalogue.js';
import {
  columnOf,
  findIn,
  printName,
  relationOf,
  schemaForNew,
  splitName,
  stringsOf,
} from './names.js';
import { missing } from './refused.js';

/** The type of a column of a view that nothing says; such columns are left out. */
export const UNSAID: TypeUse = { base: 'unsaid', array: false, modifier: -1, printed: '' };

const ALIASES: Record<string, string> = {
  decimal: 'numeric',
  int: 'int4',
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
};

/** Whether a type of CREATE TABLE is one that makes a sequence. */
export function isSerial({ names }: TypeName): boolean {
  const parts = stringsOf(names);
  return parts.length === 1 && /^(?:(?:big|small)?serial|serial[248])$/.test(parts[0] ?? '');
}

export function builtin(name: string, numbers: readonly number[] = []): TypeUse {
  return { base: name, array: false, ...builtinType(name, numbers) };
}

export const arrayOf = (type: TypeUse): TypeUse => ({ ...type, array: true });
export const elementOf = (type: TypeUse): TypeUse => ({ ...type, array: false });

/**
 * The type that a statement names. One that nothing makes is of an extension or lost: only its name is known. Throws a Refused
 * where the script makes it later.
 */
export function typeUse(catalogue: Catalogue, type: TypeName): TypeUse {
  const parts = stringsOf(type.names);
  if (type.pct_type) return typeOfColumn(catalogue, parts);
  const use = { array: (type.arrayBounds ?? []).length > 0 };
  const { schema, name } = splitName(parts);
  if (schema === undefined || schema === 'pg_catalog') {
    const internal = schema === undefined ? (ALIASES[name] ?? name) : name;
    if (isBuiltin(internal)) {
      return { base: internal, ...use, ...builtinType(internal, numbersOf(type.typmods)) };
    }
    if (/^_/.test(name) && isBuiltin(name.slice(1))) return arrayOf(builtin(name.slice(1)));
  }
  const base = findIn(catalogue, catalogue.types, splitName(parts));
  if (base) return { base, ...use, modifier: -1 };
  const relation = findIn(catalogue, catalogue.relations, splitName(parts));
  if (relation) return { base: relation, ...use, modifier: -1 };
  if (catalogue.made.has(name.toLowerCase())) throw missing(`type "${parts.join('.')}"`);
  return {
    base: foreignType(catalogue, { name, ...(schema && { schema }) }),
    ...use,
    modifier: -1,
  };
}

function typeOfColumn(catalogue: Catalogue, parts: string[]): TypeUse {
  const { schema, name } = splitName(parts.slice(0, -1));
  const relation = relationOf(catalogue, { relname: name, ...(schema && { schemaname: schema }) });
  return columnOf(relation, parts.at(-1) ?? '').type;
}

/** A type of something that is not in the script. */
function foreignType(
  catalogue: Catalogue,
  { schema, name }: { schema?: string; name: string },
): OwnType {
  const type: OwnType = {
    schema: schemaForNew(catalogue, schema ?? 'public'),
    name,
    kind: 'b',
    values: [],
    notNull: false,
    checks: [],
    columns: [],
    hidden: true,
  };
  catalogue.types.set(keyOf(type.schema, name), type);
  return type;
}

function numbersOf(modifiers: readonly Node[] | undefined): number[] {
  return (modifiers ?? []).flatMap((node) =>
    'A_Const' in node && node.A_Const.ival ? [node.A_Const.ival.ival ?? 0] : [],
  );
}

/** For telling one routine from another of the same name. */
export function typeKey({ base, array }: TypeUse): string {
  const name = typeof base === 'string' ? base : printName(base);
  return array ? `${name}[]` : name;
}
