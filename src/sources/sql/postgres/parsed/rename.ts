import type { AlterObjectSchemaStmt, Node, RenameStmt } from 'libpg-query';
import type { Catalogue, Relation } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { renameIndex } from './constraints.js';
import { renameInExpression } from './expression-columns.js';
import { childrenOf } from './indexes.js';
import { columnOf, findIn, ownTypeOf, rangeName, relationOf, schemaForNew } from './names.js';
import { typeParts } from './own-types.js';
import { routineOf } from './routines.js';
import { Refused, there } from './refused.js';

export function rename(catalogue: Catalogue, statement: RenameStmt): void {
  const { renameType, relation: range, object, subname = '', newname = '', missing_ok } = statement;
  const found = range && findIn(catalogue, catalogue.relations, rangeName(range));
  if (missing_ok && !found && range) return;
  switch (renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE': {
      const index = range && findIn(catalogue, catalogue.indexes, rangeName(range));
      if (!found && index) return renameIndex(catalogue, index.relation, index.index.name, newname);
      return moveRelation(catalogue, relationOf(catalogue, range), { name: newname });
    }
    case 'OBJECT_INDEX': {
      const index = range && findIn(catalogue, catalogue.indexes, rangeName(range));
      if (!index) throw new Refused(`relation "${range?.relname}" does not exist`, { later: true });
      return renameIndex(catalogue, index.relation, index.index.name, newname);
    }
    case 'OBJECT_COLUMN':
      return renameColumn(catalogue, relationOf(catalogue, range), subname, newname);
    case 'OBJECT_TABCONSTRAINT':
      return renameConstraint(catalogue, relationOf(catalogue, range), subname, newname);
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return moveType(catalogue, object, { name: newname });
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      if (object && 'ObjectWithArgs' in object)
        routineOf(catalogue, object.ObjectWithArgs).name = newname;
      return;
    case 'OBJECT_SCHEMA':
      return renameSchema(catalogue, subname, newname);
    default:
  }
}

export function setSchema(
  catalogue: Catalogue,
  { objectType, relation, object, newschema = '' }: AlterObjectSchemaStmt,
): void {
  const schema = schemaForNew(catalogue, newschema);
  switch (objectType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
      return moveRelation(catalogue, relationOf(catalogue, relation), { schema });
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return moveType(catalogue, object, { schema });
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      if (object && 'ObjectWithArgs' in object)
        routineOf(catalogue, object.ObjectWithArgs).schema = schema;
      return;
    default:
  }
}

function moveRelation(
  catalogue: Catalogue,
  relation: Relation,
  to: { schema?: string; name?: string },
): void {
  const { schema, name } = { schema: relation.schema, name: relation.name, ...to };
  if (catalogue.relations.has(keyOf(schema, name))) throw there(`relation "${name}"`);
  catalogue.relations.delete(keyOf(relation.schema, relation.name));
  for (const index of relation.indexes) {
    catalogue.indexes.delete(keyOf(relation.schema, index.name));
    catalogue.indexes.set(keyOf(schema, index.name), { relation, index });
  }
  Object.assign(relation, { schema, name });
  catalogue.relations.set(keyOf(schema, name), relation);
}

function moveType(
  catalogue: Catalogue,
  object: Node | undefined,
  to: { schema?: string; name?: string },
): void {
  const type = ownTypeOf(catalogue, typeParts(object));
  const { schema, name } = { schema: type.schema, name: type.name, ...to };
  if (catalogue.types.has(keyOf(schema, name))) throw there(`type "${name}"`);
  catalogue.types.delete(keyOf(type.schema, type.name));
  Object.assign(type, { schema, name });
  catalogue.types.set(keyOf(schema, name), type);
}

function renameColumn(catalogue: Catalogue, relation: Relation, from: string, to: string): void {
  const column = columnOf(relation, from);
  if (relation.columns.some(({ name }) => name === to)) {
    throw there(`column "${to}" of relation "${relation.name}"`);
  }
  column.name = to;
  for (const one of relation.columns) {
    if (one.generated === '' || !one.default || !('expression' in one.default)) continue;
    // The copies that LIKE and INHERITS make share it.
    const expression = structuredClone(one.default.expression);
    renameInExpression(expression, from, to);
    one.default = { expression };
  }
  for (const { kind, expression } of relation.constraints) {
    if (kind === 'c' && expression) renameInExpression(expression, from, to);
  }
  for (const { elements, where } of relation.indexes) {
    for (const element of elements) {
      renameInExpression(element, from, to);
      if ('IndexElem' in element && element.IndexElem.name === from) element.IndexElem.name = to;
    }
    if (where) renameInExpression(where, from, to);
  }
  for (const child of childrenOf(catalogue, relation)) {
    if (child.columns.some(({ name }) => name === from)) renameColumn(catalogue, child, from, to);
  }
}

function renameConstraint(
  catalogue: Catalogue,
  relation: Relation,
  from: string,
  to: string,
): void {
  const constraint = relation.constraints.find(({ name }) => name === from);
  if (!constraint) {
    throw new Refused(`constraint "${from}" for table "${relation.name}" does not exist`, {
      later: true,
    });
  }
  if (constraint.index) renameIndex(catalogue, relation, from, to);
  constraint.name = to;
}

function renameSchema(catalogue: Catalogue, from: string, to: string): void {
  if (!catalogue.schemas.has(from))
    throw new Refused(`schema "${from}" does not exist`, { later: true });
  catalogue.schemas.delete(from);
  catalogue.schemas.add(to);
  for (const relation of [...catalogue.relations.values()]) {
    if (relation.schema === from) moveRelation(catalogue, relation, { schema: to });
  }
  for (const [key, type] of [...catalogue.types]) {
    if (type.schema !== from) continue;
    catalogue.types.delete(key);
    type.schema = to;
    catalogue.types.set(keyOf(to, type.name), type);
  }
  for (const routine of catalogue.routines) if (routine.schema === from) routine.schema = to;
}
