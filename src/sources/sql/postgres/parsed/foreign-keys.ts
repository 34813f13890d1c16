import type { Constraint as ConstraintNode } from 'libpg-query';
import type { Catalogue, Column, Constraint, Relation } from './catalogue.js';
import { isMade } from '../stand-ins.js';
import { partitionsOf } from './indexes.js';
import {
  chooseName,
  columnOf,
  findIn,
  joinedNames,
  printName,
  rangeName,
  relationOf,
  stringsOf,
} from './names.js';
import { Refused } from './refused.js';

/** Adds a reference; the columns that it points to are the primary key unless it says others. */
export function addForeignKey(
  catalogue: Catalogue,
  relation: Relation,
  node: ConstraintNode,
  column: Column | undefined,
): void {
  const target = targetOf(catalogue, node);
  if (!target) return;
  const columns = column
    ? [column]
    : stringsOf(node.fk_attrs).map((name) => columnOf(relation, name));
  const targetColumns = targetColumnsOf(target, stringsOf(node.pk_attrs));
  if (columns.length !== targetColumns.length) {
    throw new Refused('number of referencing and referenced columns for foreign key disagree');
  }
  if (relation.constraints.some(({ name }) => name === node.conname)) {
    throw new Refused(
      `constraint "${node.conname}" for relation "${relation.name}" already exists`,
    );
  }
  const joined = joinedNames(columns.map(({ name }) => name));
  const name =
    node.conname ??
    chooseName(relation.name, joined, 'fkey', (one) => hasConstraint(relation, one));
  const key: Constraint = {
    name,
    kind: 'f',
    columns,
    target,
    targetColumns,
    onDelete: node.fk_del_action ?? 'a',
    onUpdate: node.fk_upd_action ?? 'a',
    noInherit: false,
  };
  relation.constraints.push(key);
  for (const part of partitionsOf(catalogue, relation)) copyForeignKey(catalogue, key, part);
}

const hasConstraint = (relation: Relation, name: string): boolean =>
  relation.constraints.some((one) => one.name === name);

/** A part of a split table has the keys of the whole. */
export function copyForeignKey(catalogue: Catalogue, key: Constraint, to: Relation): void {
  const columns = key.columns.map(({ name }) => columnOf(to, name));
  const alike = to.constraints.some(
    (one) =>
      one.kind === 'f' &&
      one.target === key.target &&
      one.columns.length === columns.length &&
      one.columns.every((column, at) => column === columns[at]),
  );
  if (alike) return;
  const joined = joinedNames(columns.map(({ name }) => name));
  const name = hasConstraint(to, key.name)
    ? chooseName(to.name, joined, 'fkey', (one) => hasConstraint(to, one))
    : key.name;
  to.constraints.push({ ...key, name, columns });
  for (const part of partitionsOf(catalogue, to)) copyForeignKey(catalogue, key, part);
}

/** Undefined where the table is nowhere, and references to such are to be left out. */
function targetOf(catalogue: Catalogue, { pktable }: ConstraintNode): Relation | undefined {
  const name = rangeName(pktable ?? {});
  const printed = printName(name);
  const isNowhere = !findIn(catalogue, catalogue.relations, name) && !isMade(catalogue, printed);
  if (catalogue.cutReferences && isNowhere) {
    catalogue.cutReferences(printed);
    return undefined;
  }
  return relationOf(catalogue, pktable);
}

function targetColumnsOf(target: Relation, names: string[]): Column[] {
  if (names.length === 0) {
    const primary = target.constraints.find(({ kind }) => kind === 'p');
    if (primary) return primary.columns;
    throw new Refused(`there is no primary key for referenced table "${target.name}"`, {
      later: true,
    });
  }
  const columns = names.map((name) => columnOf(target, name));
  const isUnique = target.indexes.some(
    (index) =>
      index.unique &&
      !index.where &&
      index.columns.length === columns.length &&
      index.columns.every((column) => column !== undefined && columns.includes(column)),
  );
  if (isUnique) return columns;
  throw new Refused(
    `there is no unique constraint matching given keys for referenced table "${target.name}"`,
    { later: true },
  );
}
