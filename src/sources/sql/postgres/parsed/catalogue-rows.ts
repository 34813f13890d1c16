import type { CatalogueRows } from '../catalogue-model.js';
import type { ColumnRow, ConstraintRow, IndexRow, RelationRow } from '../catalogue-queries.js';
import type { Catalogue, Column, Constraint, Index, Relation } from './catalogue.js';
import { namesOfColumns } from './expression-columns.js';
import type { TypeScope } from './expression-type.js';
import { printExpression } from './print-expression.js';
import type { Printing } from './print-expression.js';
import { newPrinter } from './printer.js';
import { routineRows } from './routine-rows.js';
import { typeRows } from './type-rows.js';
import { UNSAID } from './type-use.js';

/** Of a table whose check could not be printed. */
export type Unprinted = { relation: Relation; check: string };

/** Columns of a view whose type nobody said. */
export type Unsaid = { relation: Relation; columns: string[] };

/** The catalogue as the queries of a database would give it; the identifier of a relation is its place. */
export function catalogueRows(catalogue: Catalogue): {
  rows: CatalogueRows;
  relations: Relation[];
  unprinted: Unprinted[];
  unsaid: Unsaid[];
} {
  const relations = [...catalogue.relations.values()].filter(({ hidden }) => !hidden);
  const defaultSchema = schemaOfMost(relations);
  const printer = newPrinter(defaultSchema);
  const types = typeRows(catalogue, printer);
  const rows: CatalogueRows = {
    relations: [],
    columns: [],
    constraints: [],
    indexes: [],
    types: types.rows,
    functions: routineRows(catalogue, printer, types.idOf),
    defaultSchema,
  };
  const unprinted: Unprinted[] = [];
  const unsaid: Unsaid[] = [];
  for (const [place, relation] of relations.entries()) {
    catalogue.clock.begin();
    const oid = String(place);
    const printing = { printer, scope: scopeOf(catalogue, relation) };
    rows.relations.push(relationRow(oid, relation));
    const lost = relation.columns.filter(({ type }) => type.base === UNSAID.base);
    if (lost.length > 0) unsaid.push({ relation, columns: lost.map(({ name }) => name) });
    for (const column of relation.columns) {
      if (column.type.base !== UNSAID.base)
        rows.columns.push({
          ...columnRow(oid, column, printing, types.idOf),
          made_of: madeOf(column, relation.columns),
        });
    }
    for (const constraint of [...relation.constraints].sort(byName)) {
      const row = constraintRow(oid, constraint, printing);
      if (row.kind !== 'c' || row.expression !== null) rows.constraints.push(row);
      else unprinted.push({ relation, check: constraint.name });
    }
    for (const index of [...relation.indexes].sort(byName)) {
      if (index.waitsFor === undefined || index.waitsFor.size === 0) {
        rows.indexes.push(indexRow(oid, relation, index, printing));
      }
    }
  }
  return { rows, relations, unprinted, unsaid };
}

const byName = (a: { name: string }, b: { name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** `public` where anything is in it, or else the schema that holds most. */
function schemaOfMost(relations: readonly Relation[]): string {
  const counts = new Map<string, number>();
  for (const { schema } of relations) counts.set(schema, (counts.get(schema) ?? 0) + 1);
  if (counts.has('public') || counts.size === 0) return 'public';
  const most = Math.max(...counts.values());
  return [...counts.keys()].filter((schema) => counts.get(schema) === most).sort()[0] ?? 'public';
}

function scopeOf(catalogue: Catalogue, relation: Relation): TypeScope {
  return {
    catalogue,
    column: (parts) => relation.columns.find(({ name }) => name === parts.at(-1))?.type,
    query: () => [],
  };
}

function relationRow(oid: string, relation: Relation): RelationRow {
  const { schema, name, kind, partition, rowSecurity, comment, parents } = relation;
  return {
    oid,
    schema,
    name,
    kind,
    partition,
    row_security: rowSecurity,
    comment: comment ?? null,
    parents:
      parents.length === 0
        ? null
        : parents.map((parent) => ({ schema: parent.schema, name: parent.name })),
  };
}

function columnRow(
  relation: string,
  column: Column,
  printing: Printing,
  idOf: (type: Column['type']) => string,
): Omit<ColumnRow, 'made_of'> {
  const { name, type, notNull, identity, generated, comment } = column;
  return {
    relation,
    name,
    type: idOf(type),
    modifier: type.modifier,
    sql: printing.printer.type(type),
    not_null: notNull,
    identity,
    generated,
    default: defaultText(column, printing),
    comment: comment ?? null,
  };
}

function madeOf(
  { generated, default: value }: Column,
  columns: readonly Column[],
): ColumnRow['made_of'] {
  if (generated === '' || !value || !('expression' in value)) return null;
  const named = new Set(namesOfColumns(value.expression));
  return columns.filter(({ name }) => named.has(name)).map(({ name }) => name);
}

function defaultText(column: Column, printing: Printing): string | null {
  const value = column.default;
  if (value === undefined) return null;
  if ('sequence' in value) {
    return `nextval('${printing.printer.qualified(value.sequence)}'::regclass)`;
  }
  // That there is a default matters, its text hardly.
  return printExpression(value.expression, printing, column.type) ?? '…';
}

function constraintRow(
  relation: string,
  constraint: Constraint,
  { printer, scope }: Printing,
): ConstraintRow {
  const { name, kind, columns, target, targetColumns, onDelete, onUpdate, expression } = constraint;
  const text = expression && printExpression(expression, { printer, scope });
  return {
    relation,
    name,
    kind,
    columns: columns.map((column) => column.name),
    target_schema: target?.schema ?? null,
    target: target?.name ?? null,
    target_columns: targetColumns?.map((column) => column.name) ?? null,
    on_delete: onDelete,
    on_update: onUpdate,
    expression: text ?? null,
  };
}

function indexRow(oid: string, relation: Relation, index: Index, printing: Printing): IndexRow {
  const { name, columns, unique, primary, where } = index;
  return {
    relation: oid,
    name,
    columns: columns.map((column) =>
      column && column.type.base !== UNSAID.base ? column.name : null,
    ),
    is_unique: unique,
    is_primary: primary,
    partial: where !== undefined,
    constraint: relation.constraints.some((one) => one.index === index),
    definition: unique ? definition(relation, index, printing) : '',
  };
}

/** As `pg_get_indexdef` writes it. */
function definition(
  relation: Relation,
  { name, elements, method, where, nullsEqual }: Index,
  printing: Printing,
): string {
  const { printer } = printing;
  const keys = elements.map((element) => {
    if (!('IndexElem' in element)) return '…';
    const { name: column, expr, ordering, nulls_ordering } = element.IndexElem;
    const isCall = expr !== undefined && 'FuncCall' in expr;
    const text = expr ? (printExpression(expr, printing) ?? '…') : printer.identifier(column ?? '');
    const shown = expr && !isCall && !/^\(.*\)$/.test(text) ? `(${text})` : text;
    const down = ordering === 'SORTBY_DESC';
    const nulls = nulls_ordering === (down ? 'SORTBY_NULLS_LAST' : 'SORTBY_NULLS_FIRST');
    return `${shown}${down ? ' DESC' : ''}${nulls ? ` NULLS ${down ? 'LAST' : 'FIRST'}` : ''}`;
  });
  const condition = where ? ` WHERE ${printExpression(where, printing) ?? '…'}` : '';
  const table = `${printer.identifier(relation.schema)}.${printer.identifier(relation.name)}`;
  const same = nullsEqual ? ' NULLS NOT DISTINCT' : '';
  return `CREATE UNIQUE INDEX ${printer.identifier(name)} ON ${table} USING ${method} (${keys.join(', ')})${same}${condition}`;
}
