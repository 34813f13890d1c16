import type { ColumnDef, Constraint as ConstraintNode, Node } from 'libpg-query';
import type { Catalogue, Column, Relation } from './catalogue.js';
import { addConstraint } from './constraints.js';
import { chooseName } from './names.js';
import { isSerial, typeUse } from './type-use.js';
import { isTaken } from './indexes.js';

export function newColumn(name: string, type: Column['type']): Column {
  return { name, type, notNull: false, identity: '', generated: '' };
}

/** A column as it is declared, without the constraints that make something of their own. */
export function declaredColumn(
  catalogue: Catalogue,
  relation: Relation,
  definition: ColumnDef,
): Column {
  const name = definition.colname ?? '';
  const column = newColumn(name, typeUse(catalogue, definition.typeName ?? {}));
  if (isSerial(definition.typeName ?? {})) {
    column.notNull = true;
    column.default = { sequence: sequenceFor(catalogue, relation, name) };
  }
  setConditions(column, definition);
  return column;
}

/** What a definition says of the values of a column, whose type may come from elsewhere. */
export function setConditions(column: Column, definition: ColumnDef): void {
  if (definition.is_not_null) column.notNull = true;
  for (const { contype, raw_expr, generated_when, generated_kind } of constraintsAt(
    definition.constraints,
  )) {
    if (contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_PRIMARY') column.notNull = true;
    if (contype === 'CONSTR_DEFAULT' && raw_expr) setDefault(column, raw_expr);
    if (contype === 'CONSTR_GENERATED' && raw_expr) {
      column.generated = generated_kind === 'v' ? 'v' : 's';
      column.default = { expression: raw_expr };
    }
    if (contype === 'CONSTR_IDENTITY') {
      column.identity = generated_when === 'a' ? 'a' : 'd';
      column.notNull = true;
    }
  }
}

/** The constraints of a column that its table keeps: keys, references, checks. */
export function addColumnConstraints(
  catalogue: Catalogue,
  relation: Relation,
  column: Column,
  definition: ColumnDef,
): void {
  const nodes = constraintsAt(definition.constraints);
  for (const [at, node] of nodes.entries()) {
    const isOff = nodes[at + 1]?.contype === 'CONSTR_ATTR_NOT_ENFORCED';
    const isOwn = node.contype !== 'CONSTR_NOTNULL';
    if (isOwn) addConstraint(catalogue, relation, { ...node, is_enforced: !isOff }, { column });
  }
}

/** DEFAULT NULL is none, but where the null has to be made fit the type: of a domain, or `varchar(20)`. */
export function setDefault(column: Column, expression: Node): void {
  const { base, modifier } = column.type;
  const fits = modifier < 0 && (typeof base === 'string' || !('kind' in base) || base.kind !== 'd');
  if (fits && 'A_Const' in expression && expression.A_Const.isnull) delete column.default;
  else column.default = { expression };
}

/** A column of another table, for a table that has it too: without what belongs to that alone. */
export function inheritedColumn(column: Column): Column {
  const copy = { ...column };
  delete copy.comment;
  return copy;
}

function sequenceFor(
  catalogue: Catalogue,
  relation: Relation,
  column: string,
): { schema: string; name: string } {
  const name = chooseName(relation.name, column, 'seq', (one) => isTaken(catalogue, relation, one));
  return { schema: relation.schema, name };
}

function constraintsAt(nodes: readonly Node[] | undefined): ConstraintNode[] {
  return (nodes ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
}
