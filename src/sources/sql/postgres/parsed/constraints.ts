import type { Constraint as ConstraintNode } from 'libpg-query';
import type { Catalogue, Column, Constraint, Relation } from './catalogue.js';
import { namesOfColumns } from './expression-columns.js';
import { addForeignKey } from './foreign-keys.js';
import { addIndex, childrenOf, indexName, inheritIndex, isTaken } from './indexes.js';
import { chooseName, columnIn, columnOf, stringsOf } from './names.js';
import { Refused, there } from './refused.js';

/** Adds a constraint of a table, or of the one column that it stands at. `only` is ALTER TABLE ONLY. */
export function addConstraint(
  catalogue: Catalogue,
  relation: Relation,
  node: ConstraintNode,
  { column, only = false }: { column?: Column; only?: boolean } = {},
): void {
  switch (node.contype) {
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      return addKey(catalogue, relation, node, column, only);
    case 'CONSTR_EXCLUSION':
      return addExclusion(catalogue, relation, node);
    case 'CONSTR_FOREIGN':
      return addForeignKey(catalogue, relation, node, column);
    case 'CONSTR_CHECK':
      return addCheck(catalogue, relation, node);
    case 'CONSTR_NOTNULL':
      for (const name of stringsOf(node.keys))
        setNotNull(catalogue, relation, columnOf(relation, name));
      return;
    default:
      return;
  }
}

export function setNotNull(catalogue: Catalogue, relation: Relation, column: Column): void {
  column.notNull = true;
  for (const child of childrenOf(catalogue, relation)) {
    setNotNull(catalogue, child, columnOf(child, column.name));
  }
}

function refuseName(relation: Relation, name: string | undefined): void {
  if (name === undefined || !relation.constraints.some((one) => one.name === name)) return;
  throw there(`constraint "${name}" for relation "${relation.name}"`);
}

function addKey(
  catalogue: Catalogue,
  relation: Relation,
  node: ConstraintNode,
  column: Column | undefined,
  only: boolean,
): void {
  const primary = node.contype === 'CONSTR_PRIMARY';
  if (primary && relation.constraints.some(({ kind }) => kind === 'p')) {
    throw new Refused(`multiple primary keys for table "${relation.name}" are not allowed`);
  }
  refuseName(relation, node.conname);
  if (node.indexname) return adoptIndex(catalogue, relation, node, node.indexname);
  const columns = column ? [column] : stringsOf(node.keys).map((name) => columnOf(relation, name));
  const elements = columns.map(({ name }) => ({ IndexElem: { name } }));
  if (node.conname !== undefined && isTaken(catalogue, relation, node.conname)) {
    throw there(`relation "${node.conname}"`);
  }
  const name =
    node.conname ??
    (primary
      ? chooseName(relation.name, '', 'pkey', (one) => isTaken(catalogue, relation, one))
      : indexName(catalogue, relation, elements, 'key'));
  const index = { name, columns, elements, method: 'btree', unique: true, primary };
  addIndex(catalogue, relation, index);
  addIndexed(catalogue, relation, { name, columns, index, primary });
  if (!only) inheritIndex(catalogue, relation, index);
}

/** What an index stands behind; columns of a primary key have no nulls. */
function addIndexed(
  catalogue: Catalogue,
  relation: Relation,
  { primary, ...key }: Pick<Constraint, 'name' | 'columns' | 'index'> & { primary: boolean },
): void {
  const kind = primary ? 'p' : 'u';
  relation.constraints.push({ ...key, kind, onDelete: '', onUpdate: '', noInherit: false });
  if (primary) for (const one of key.columns) setNotNull(catalogue, relation, one);
}

/** ADD PRIMARY KEY USING INDEX: the index takes the name of the constraint. */
function adoptIndex(
  catalogue: Catalogue,
  relation: Relation,
  node: ConstraintNode,
  indexname: string,
): void {
  const primary = node.contype === 'CONSTR_PRIMARY';
  const index = relation.indexes.find(({ name }) => name === indexname);
  if (!index) throw new Refused(`index "${indexname}" does not exist`, { later: true });
  const name = node.conname ?? index.name;
  const columns = index.columns.filter((column) => column !== undefined);
  renameIndex(catalogue, relation, index.name, name);
  index.primary = primary;
  addIndexed(catalogue, relation, { name, columns, index, primary });
}

export function renameIndex(
  catalogue: Catalogue,
  relation: Relation,
  from: string,
  to: string,
): void {
  const index = relation.indexes.find(({ name }) => name === from);
  if (!index || from === to) return;
  if (isTaken(catalogue, relation, to)) throw there(`relation "${to}"`);
  const key = [...catalogue.indexes].find(([, one]) => one.index === index)?.[0];
  if (key !== undefined) catalogue.indexes.delete(key);
  for (const constraint of relation.constraints)
    if (constraint.index === index) constraint.name = to;
  index.name = to;
  catalogue.indexes.set(`${relation.schema}\0${to}`, { relation, index });
}

/** An exclusion is read as the index that it makes. */
function addExclusion(catalogue: Catalogue, relation: Relation, node: ConstraintNode): void {
  const elements = (node.exclusions ?? []).flatMap((one) =>
    'List' in one ? (one.List.items ?? []).slice(0, 1) : [],
  );
  const columns = elements.map((element) =>
    'IndexElem' in element && element.IndexElem.name !== undefined
      ? columnOf(relation, element.IndexElem.name)
      : undefined,
  );
  const name = node.conname ?? indexName(catalogue, relation, elements, 'excl');
  const where = node.where_clause;
  const method = node.access_method ?? 'btree';
  const index = {
    name,
    columns,
    elements,
    method,
    unique: false,
    primary: false,
    ...(where && { where }),
  };
  addIndex(catalogue, relation, index);
  inheritIndex(catalogue, relation, index);
}

function addCheck(catalogue: Catalogue, relation: Relation, node: ConstraintNode): void {
  // Nobody looks whether rows keep to one that is off (NOT ENFORCED).
  if (!node.raw_expr || node.is_enforced !== true) return;
  const names = namesOfColumns(node.raw_expr);
  for (const name of names) if (!SYSTEM.has(name)) columnIn(relation, name);
  refuseName(relation, node.conname);
  const [only] = names;
  const name =
    node.conname ??
    chooseName(
      relation.name,
      names.length === 1 && only !== undefined ? only : '',
      'check',
      (one) => relation.constraints.some((other) => other.name === one),
    );
  const check: Constraint = {
    name,
    kind: 'c',
    columns: names.flatMap((one) => relation.columns.filter((column) => column.name === one)),
    onDelete: '',
    onUpdate: '',
    expression: node.raw_expr,
    noInherit: node.is_no_inherit ?? false,
  };
  relation.constraints.push(check);
  if (!check.noInherit)
    for (const child of childrenOf(catalogue, relation)) copyCheck(catalogue, check, child);
}

const SYSTEM = new Set(['tableoid', 'ctid', 'xmin']);

export function copyCheck(catalogue: Catalogue, check: Constraint, to: Relation): void {
  if (to.constraints.some(({ kind, name }) => kind === 'c' && name === check.name)) return;
  const columns = check.columns.map(({ name }) => columnOf(to, name));
  to.constraints.push({
    ...check,
    columns,
    ...(check.expression && { expression: structuredClone(check.expression) }),
  });
  for (const child of childrenOf(catalogue, to)) copyCheck(catalogue, check, child);
}
