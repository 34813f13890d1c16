import type { TypeRow } from '../catalogue-queries.js';
import type { Catalogue, OwnType, Relation, TypeUse } from './catalogue.js';
import { printExpression } from './print-expression.js';
import type { Printer } from './printer.js';
import { printName } from './names.js';

type TypeRows = {
  /** Grows as types are asked for. */
  rows: TypeRow[];
  idOf: (type: TypeUse) => string;
};

/** Rows of the types that are used or made. Those of tables and composite types have none, as in a database. */
export function typeRows(catalogue: Catalogue, printer: Printer): TypeRows {
  const rows: TypeRow[] = [];
  const known = new Map<string, TypeRow>();
  const add = (
    id: string,
    row: Partial<TypeRow> & Pick<TypeRow, 'schema' | 'name' | 'kind'>,
  ): void => {
    const empty = {
      array_of: null,
      base: null,
      base_modifier: -1,
      base_sql: null,
      not_null: false,
    };
    const full: TypeRow = {
      oid: id,
      ...empty,
      values: null,
      checks: null,
      comment: null,
      own: false,
      ...row,
    };
    known.set(id, full);
    rows.push(full);
  };
  const elementId = ({ base }: TypeUse): string =>
    typeof base === 'string' ? `pg_catalog.${base}` : `own ${printName(base)}`;
  const idOf = (type: TypeUse): string => {
    const id = elementId(type);
    if (!known.has(id)) addBase(id, type.base);
    if (!type.array || !known.has(id)) return id;
    const arrayId = `${id}[]`;
    if (!known.has(arrayId)) {
      add(arrayId, {
        schema: 'pg_catalog',
        name: `_${known.get(id)?.name ?? ''}`,
        kind: 'b',
        array_of: id,
      });
    }
    return arrayId;
  };
  const addBase = (id: string, base: string | OwnType | Relation): void => {
    if (typeof base === 'string') add(id, { schema: 'pg_catalog', name: base, kind: 'b' });
    else if (!('parents' in base) && base.kind !== 'c') addOwn(id, base);
  };
  const addOwn = (id: string, type: OwnType): void => {
    const { schema, name, kind, values, base, notNull, checks, comment, hidden } = type;
    const column = (parts: readonly string[]): TypeUse | undefined =>
      parts.at(-1)?.toLowerCase() === 'value' ? base : undefined;
    const scope = { catalogue, column, query: () => [] };
    const texts = [...checks]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ expression }) => printExpression(expression, { printer, scope }) ?? [])
      .map((text) => text.replace(/\bvalue\b/g, 'VALUE'));
    add(id, {
      schema,
      name,
      kind: kind === 'c' ? 'b' : kind,
      ...(kind === 'e' && { values }),
      ...(base && {
        base: idOf(base),
        base_modifier: base.modifier,
        base_sql: printer.type(base),
        checks: texts.length > 0 ? texts : null,
      }),
      not_null: notNull,
      comment: comment ?? null,
      own: (kind === 'd' || kind === 'e') && !hidden,
    });
  };
  for (const type of catalogue.types.values()) idOf({ base: type, array: false, modifier: -1 });
  return { rows, idOf };
}
