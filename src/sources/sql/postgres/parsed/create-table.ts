import type { CreateForeignTableStmt, CreateStmt, Node, TableLikeClause } from 'libpg-query';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import type { Catalogue, Column, Constraint, Relation } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { addColumnConstraints, declaredColumn, inheritedColumn, setConditions } from './columns.js';
import { addConstraint, copyCheck } from './constraints.js';
import { copyForeignKey } from './foreign-keys.js';
import { copyIndex, removeIndex } from './indexes.js';
import { ownTypeOf, rangeName, relationOf, schemaForNew, stringsOf, TEMPORARY } from './names.js';
import { missing, Refused, there } from './refused.js';

/** Makes all of a table or nothing. Throws a Refused. */
export function createTable(
  catalogue: Catalogue,
  statement: CreateStmt,
  origin: Origin,
  kind: Relation['kind'] = 'r',
): void {
  const relation = newRelation(
    catalogue,
    statement.relation ?? {},
    statement.partspec ? 'p' : kind,
    origin,
  );
  const key = keyOf(relation.schema, relation.name);
  if (catalogue.relations.has(key)) {
    if (statement.if_not_exists) return;
    throw there(`relation "${relation.name}"`);
  }
  catalogue.relations.set(key, relation);
  try {
    fillTable(catalogue, relation, statement);
  } catch (error) {
    catalogue.relations.delete(key);
    for (const { name } of relation.indexes) catalogue.indexes.delete(keyOf(relation.schema, name));
    throw error;
  }
}

export function createForeignTable(
  catalogue: Catalogue,
  { base }: CreateForeignTableStmt,
  origin: Origin,
): void {
  if (base) createTable(catalogue, base, origin, 'f');
}

export function newRelation(
  catalogue: Catalogue,
  range: NonNullable<CreateStmt['relation']>,
  kind: Relation['kind'],
  origin: Origin,
): Relation {
  const { schema, name } = rangeName(range);
  const temporary = range.relpersistence === 't';
  return {
    schema: temporary ? TEMPORARY : schemaForNew(catalogue, schema),
    name,
    kind,
    columns: [],
    constraints: [],
    indexes: [],
    parents: [],
    partition: false,
    rowSecurity: false,
    reads: new Set(),
    hidden: catalogue.hidden || temporary,
    origin,
  };
}

function fillTable(catalogue: Catalogue, relation: Relation, statement: CreateStmt): void {
  const { tableElts = [], inhRelations = [], ofTypename } = statement;
  relation.partition = statement.partbound !== undefined;
  const parents = inhRelations.map((node) =>
    relationOf(catalogue, 'RangeVar' in node ? node.RangeVar : undefined),
  );
  if (parents.includes(relation)) throw missing(`relation "${relation.name}"`);
  for (const parent of parents) {
    for (const column of parent.columns)
      if (!has(relation, column.name)) relation.columns.push(inheritedColumn(column));
  }
  if (ofTypename) {
    const { columns } = ownTypeOf(catalogue, stringsOf(ofTypename.names));
    relation.columns.push(...columns.map(inheritedColumn));
  }
  /** They may be declared again. */
  const inherited = new Set(relation.columns);
  const after: (() => void)[] = [];
  const references: (() => void)[] = [];
  for (const element of tableElts) {
    const parts = addElement(catalogue, relation, element, inherited);
    after.push(...parts.slice(0, 1));
    references.push(...parts.slice(1));
  }
  for (const add of after) add();
  const addAll = (nodes: Node[]): void => {
    for (const node of nodes)
      if ('Constraint' in node) addConstraint(catalogue, relation, node.Constraint);
  };
  // Keys first: a reference may be to the table itself.
  addAll(tableElts.filter((one) => !isReference(one)));
  dropRepeatedKeys(catalogue, relation);
  for (const add of references) add();
  addAll(tableElts.filter(isReference));
  relation.parents = parents;
  for (const parent of parents) catalogue.parents.add(parent);
  for (const parent of parents) takeOver(catalogue, parent, relation);
}

const isReference = (one: Node): boolean =>
  'Constraint' in one && one.Constraint.contype === 'CONSTR_FOREIGN';

const has = (relation: Relation, name: string): boolean =>
  relation.columns.some((column) => column.name === name);

/** Adds columns at once; gives what can only be added when all of them are there. */
function addElement(
  catalogue: Catalogue,
  relation: Relation,
  element: Node,
  inherited: ReadonlySet<Column>,
): (() => void)[] {
  if ('TableLikeClause' in element)
    return copyLike(catalogue, relation, element.TableLikeClause, inherited);
  if (!('ColumnDef' in element)) return [];
  const definition = element.ColumnDef;
  const known = relation.columns.find(({ name }) => name === definition.colname);
  const isTyped = definition.typeName !== undefined;
  if (known && isTyped && !inherited.has(known)) {
    throw new Refused(`column "${known.name}" specified more than once`);
  }
  if (!known && !isTyped) throw missing(`column "${definition.colname ?? ''}"`);
  const column = known && !isTyped ? { ...known } : declaredColumn(catalogue, relation, definition);
  if (!isTyped) setConditions(column, definition);
  if (known) Object.assign(known, { ...column, notNull: known.notNull || column.notNull });
  else relation.columns.push(column);
  const kept = known ?? column;
  const nodes = definition.constraints ?? [];
  const references = nodes.filter(isReference);
  const others = nodes.filter((one) => !isReference(one));
  const keys = (): void =>
    addColumnConstraints(catalogue, relation, kept, { ...definition, constraints: others });
  if (references.length === 0) return [keys];
  return [
    keys,
    () =>
      addColumnConstraints(catalogue, relation, kept, { ...definition, constraints: references }),
  ];
}

/** UNIQUE over the columns of the primary key, or of another UNIQUE, makes no index of its own. */
function dropRepeatedKeys(catalogue: Catalogue, relation: Relation): void {
  const kept: Constraint[] = [];
  const keys = relation.constraints.filter(({ index }) => index);
  for (const key of keys.sort((a, b) => Number(b.kind === 'p') - Number(a.kind === 'p'))) {
    const isCopy = kept.some(
      ({ columns }) =>
        columns.length === key.columns.length &&
        columns.every((one, at) => one === key.columns[at]),
    );
    if (isCopy && key.index) removeIndex(catalogue, relation, key.index);
    else kept.push(key);
  }
}

/** Bits of TableLikeClause. */
const LIKE = { comments: 1, constraints: 4, defaults: 8, generated: 16, identity: 32, indexes: 64 };

function copyLike(
  catalogue: Catalogue,
  relation: Relation,
  { relation: range, options = 0 }: TableLikeClause,
  inherited: ReadonlySet<Column>,
): (() => void)[] {
  const source = relationOf(catalogue, range);
  const wants = (bit: number): boolean => (options & bit) !== 0;
  for (const column of source.columns) {
    const copy: Column = { ...column };
    if (!wants(LIKE.comments)) delete copy.comment;
    if (!wants(LIKE.identity)) copy.identity = '';
    if (copy.generated !== '' && !wants(LIKE.generated)) {
      copy.generated = '';
      delete copy.default;
    } else if (column.generated === '' && !wants(LIKE.defaults)) delete copy.default;
    const known = relation.columns.find(({ name }) => name === copy.name);
    if (known && !inherited.has(known)) {
      throw new Refused(`column "${copy.name}" specified more than once`);
    }
    if (known) Object.assign(known, { ...copy, notNull: known.notNull || copy.notNull });
    else relation.columns.push(copy);
  }
  return [
    () => {
      if (wants(LIKE.constraints)) {
        for (const one of source.constraints)
          if (one.kind === 'c') copyCheck(catalogue, one, relation);
      }
      if (wants(LIKE.indexes))
        for (const index of source.indexes) copyIndex(catalogue, index, relation, source);
    },
  ];
}

/** What a child has of its parent, and a part of the whole. */
export function takeOver(catalogue: Catalogue, parent: Relation, child: Relation): void {
  const copies: Record<Constraint['kind'], boolean> = {
    c: true,
    f: child.partition,
    p: false,
    u: false,
  };
  for (const constraint of [...parent.constraints]) {
    if (!copies[constraint.kind] || constraint.noInherit) continue;
    if (constraint.kind === 'c') copyCheck(catalogue, constraint, child);
    else copyForeignKey(catalogue, constraint, child);
  }
  if (!child.partition) return;
  for (const index of [...parent.indexes]) copyIndex(catalogue, index, child, parent);
}
