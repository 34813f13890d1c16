import type { IndexStmt, Node } from 'libpg-query';
import type { Catalogue, Column, Index, Relation } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { chooseName, columnIn, columnOf, joinedNames, relationOf, stringsOf } from './names.js';
import { Refused, there } from './refused.js';

/** Whether a relation, index or constraint of the schema has the name. */
export function isTaken(catalogue: Catalogue, { schema }: Relation, name: string): boolean {
  const key = keyOf(schema, name);
  return catalogue.indexes.has(key) || catalogue.relations.has(key);
}

export function createIndex(catalogue: Catalogue, statement: IndexStmt): void {
  const relation = relationOf(catalogue, statement.relation);
  const elements = statement.indexParams ?? [];
  const columns = elements.map((element) => indexColumn(relation, element));
  const name = statement.idxname ?? indexName(catalogue, relation, elements, 'idx');
  if (isTaken(catalogue, relation, name)) {
    if (statement.if_not_exists) return;
    throw there(`relation "${name}"`);
  }
  const parts = partitionsOf(catalogue, relation);
  const index: Index = {
    name,
    columns,
    elements,
    method: statement.accessMethod ?? 'btree',
    unique: statement.unique ?? false,
    primary: false,
    nullsEqual: statement.nulls_not_distinct ?? false,
    ...(statement.whereClause && { where: statement.whereClause }),
  };
  addIndex(catalogue, relation, index);
  if (statement.relation?.inh) inheritIndex(catalogue, relation, index);
  else if (parts.length > 0) index.waitsFor = new Set(parts);
}

export function addIndex(catalogue: Catalogue, relation: Relation, index: Index): void {
  relation.indexes.push(index);
  catalogue.indexes.set(keyOf(relation.schema, index.name), { relation, index });
}

export function removeIndex(catalogue: Catalogue, relation: Relation, index: Index): void {
  relation.indexes = relation.indexes.filter((one) => one !== index);
  relation.constraints = relation.constraints.filter((one) => one.index !== index);
  catalogue.indexes.delete(keyOf(relation.schema, index.name));
}

export function partitionsOf(catalogue: Catalogue, relation: Relation): Relation[] {
  return childrenOf(catalogue, relation).filter(({ partition }) => partition);
}

export function childrenOf(catalogue: Catalogue, relation: Relation): Relation[] {
  if (!catalogue.parents.has(relation)) return [];
  return [...catalogue.relations.values()].filter(({ parents }) => parents.includes(relation));
}

/** Each part of a split table gets one of its own. */
export function inheritIndex(catalogue: Catalogue, relation: Relation, index: Index): void {
  if (relation.kind !== 'p') return;
  for (const part of partitionsOf(catalogue, relation)) copyIndex(catalogue, index, part, relation);
}

/** An index of another table with the same columns, made here too unless there is one like it; a key with it. */
export function copyIndex(catalogue: Catalogue, index: Index, to: Relation, from: Relation): void {
  const columns = index.columns.map((column) => column && columnOf(to, column.name));
  const constraint = from.constraints.find((one) => one.index === index);
  const alike = to.indexes.find(
    (one) =>
      one.unique === index.unique &&
      one.primary === index.primary &&
      one.columns.length === columns.length &&
      one.columns.every((column, at) => column !== undefined && column === columns[at]),
  );
  if (alike) {
    inheritIndex(catalogue, to, alike);
    return;
  }
  const label = index.primary ? 'pkey' : constraint ? 'key' : 'idx';
  const name = index.primary
    ? chooseName(to.name, '', label, (one) => isTaken(catalogue, to, one))
    : indexName(catalogue, to, index.elements, label);
  const copy: Index = { ...index, name, columns };
  delete copy.waitsFor;
  addIndex(catalogue, to, copy);
  if (constraint) {
    const known = columns.filter((column) => column !== undefined);
    to.constraints.push({ ...constraint, name, columns: known, index: copy });
  }
  inheritIndex(catalogue, to, copy);
}

export function indexName(
  catalogue: Catalogue,
  relation: Relation,
  elements: readonly Node[],
  label: string,
): string {
  const names: string[] = [];
  for (const element of elements)
    names.push(chooseName(elementName(element), '', '', (name) => names.includes(name)));
  return chooseName(relation.name, joinedNames(names), label, (name) =>
    isTaken(catalogue, relation, name),
  );
}

function elementName(element: Node): string {
  if ('String' in element) return element.String.sval ?? '';
  if (!('IndexElem' in element)) return 'expr';
  const { name, expr } = element.IndexElem;
  if (name !== undefined) return name;
  if (expr && 'FuncCall' in expr) return stringsOf(expr.FuncCall.funcname).at(-1) ?? 'expr';
  return 'expr';
}

/** Undefined for an expression. */
function indexColumn(relation: Relation, element: Node): Column | undefined {
  if (!('IndexElem' in element)) throw new Refused('an index without columns');
  const { name } = element.IndexElem;
  return name === undefined ? undefined : columnIn(relation, name);
}

/** ALTER INDEX … ATTACH PARTITION: one made ON ONLY the whole counts when each part has its own. */
export function attachIndex(whole: Index, part: Relation): void {
  whole.waitsFor?.delete(part);
}
