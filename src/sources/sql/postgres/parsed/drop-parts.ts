import type { Catalogue, Column, Constraint, Index, Relation } from './catalogue.js';
import { namesOfColumns } from './expression-columns.js';
import { childrenOf, removeIndex } from './indexes.js';
import { Refused } from './refused.js';

/** Constraints of all tables that point to the columns of a key. */
export function referencesTo(
  catalogue: Catalogue,
  relation: Relation,
): { from: Relation; key: Constraint }[] {
  return [...catalogue.relations.values()].flatMap((from) =>
    from.constraints.filter(({ target }) => target === relation).map((key) => ({ from, key })),
  );
}

/** A column goes with every key, check and index that it is part of. */
export function dropColumn(
  catalogue: Catalogue,
  relation: Relation,
  column: Column,
  cascade: boolean,
): void {
  const references = referencesTo(catalogue, relation).filter(({ key }) =>
    key.targetColumns?.includes(column),
  );
  const outside = references.filter(({ from }) => from !== relation);
  const refused = new Refused(
    `cannot drop column ${column.name} of table ${relation.name} because other objects depend on it`,
  );
  if (outside.length > 0 && !cascade) throw refused;
  for (const { from, key } of references) removeConstraint(from, key);
  relation.columns = relation.columns.filter((one) => one !== column);
  for (const index of relation.indexes.filter((one) => readsColumn(one, column))) {
    removeIndex(catalogue, relation, index);
  }
  relation.constraints = relation.constraints.filter(({ columns }) => !columns.includes(column));
  for (const child of childrenOf(catalogue, relation)) {
    const own = child.columns.find(({ name }) => name === column.name);
    if (own) dropColumn(catalogue, child, own, cascade);
  }
}

/** Whether an index is over a column, or over an expression or a condition with it. */
function readsColumn({ columns, elements, where }: Index, column: Column): boolean {
  const expressions = where ? [...elements, where] : elements;
  return (
    columns.includes(column) ||
    expressions.some((expression) => namesOfColumns(expression).includes(column.name))
  );
}

export function removeConstraint(relation: Relation, constraint: Constraint): void {
  relation.constraints = relation.constraints.filter((one) => one !== constraint);
}

export function dropConstraint(
  catalogue: Catalogue,
  relation: Relation,
  name: string,
  { cascade, missingOk }: { cascade: boolean; missingOk: boolean },
): void {
  const constraint = relation.constraints.find((one) => one.name === name);
  if (!constraint) {
    // Names of NOT NULL constraints are not kept: they are made of table and column.
    const column = relation.columns.find((one) => `${relation.name}_${one.name}_not_null` === name);
    if (column) column.notNull = false;
    const index = relation.indexes.find((one) => one.name === name);
    if (index) removeIndex(catalogue, relation, index);
    if (column || index || missingOk) return;
    throw new Refused(`constraint "${name}" of relation "${relation.name}" does not exist`, {
      later: true,
    });
  }
  if (constraint.index) {
    const { columns } = constraint;
    const depending = referencesTo(catalogue, relation).filter(
      ({ key }) =>
        key.targetColumns?.length === columns.length &&
        key.targetColumns.every((one) => columns.includes(one)),
    );
    if (depending.length > 0 && !cascade) {
      throw new Refused(
        `cannot drop constraint ${name} on table ${relation.name} because other objects depend on it`,
      );
    }
    for (const { from, key } of depending) removeConstraint(from, key);
    removeIndex(catalogue, relation, constraint.index);
  }
  removeConstraint(relation, constraint);
  for (const child of childrenOf(catalogue, relation)) {
    if (child.constraints.some((one) => one.name === name)) {
      dropConstraint(catalogue, child, name, { cascade, missingOk: true });
    }
  }
}
