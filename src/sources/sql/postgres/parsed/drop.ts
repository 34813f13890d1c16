import type { DropStmt, Node } from 'libpg-query';
import type { Catalogue, OwnType, Relation } from './catalogue.js';
import { keyOf, Refused } from './catalogue.js';
import { dropColumn, referencesTo, removeConstraint } from './drop-parts.js';
import { childrenOf, removeIndex } from './indexes.js';
import { findIn, splitName, stringsOf } from './names.js';
import { typeParts } from './own-types.js';
import { routineOf } from './routines.js';

/** Removes what it names, and with CASCADE what depends on that. Throws a Refused where something depends on it otherwise. */
export function drop(catalogue: Catalogue, { objects = [], removeType, behavior }: DropStmt): void {
  const cascade = behavior === 'DROP_CASCADE';
  for (const node of objects) {
    switch (removeType) {
      case 'OBJECT_TABLE':
      case 'OBJECT_VIEW':
      case 'OBJECT_MATVIEW':
      case 'OBJECT_FOREIGN_TABLE': {
        const relation = findIn(catalogue, catalogue.relations, splitName(typeParts(node)));
        if (relation) dropRelation(catalogue, relation, cascade);
        break;
      }
      case 'OBJECT_INDEX': {
        const found = findIn(catalogue, catalogue.indexes, splitName(typeParts(node)));
        if (found) dropIndex(catalogue, found);
        break;
      }
      case 'OBJECT_TYPE':
      case 'OBJECT_DOMAIN': {
        const type = findIn(catalogue, catalogue.types, splitName(typeParts(node)));
        if (type) dropType(catalogue, type, cascade);
        break;
      }
      case 'OBJECT_FUNCTION':
      case 'OBJECT_PROCEDURE':
      case 'OBJECT_ROUTINE':
      case 'OBJECT_AGGREGATE':
        if ('ObjectWithArgs' in node) {
          const gone = routineOf(catalogue, node.ObjectWithArgs);
          catalogue.routines = catalogue.routines.filter((one) => one !== gone);
        }
        break;
      case 'OBJECT_SCHEMA':
        dropSchema(catalogue, node, cascade);
        break;
      default:
    }
  }
}

function dropIndex(
  catalogue: Catalogue,
  { relation, index }: NonNullable<ReturnType<Catalogue['indexes']['get']>>,
): void {
  if (relation.constraints.some((one) => one.index === index)) {
    throw new Refused(
      `cannot drop index ${index.name} because constraint ${index.name} requires it`,
    );
  }
  removeIndex(catalogue, relation, index);
}

export function dropRelation(catalogue: Catalogue, relation: Relation, cascade: boolean): void {
  const references = referencesTo(catalogue, relation).filter(({ from }) => from !== relation);
  const views = [...catalogue.relations.values()].filter(({ reads }) => reads.has(relation));
  const children = childrenOf(catalogue, relation).filter(({ partition }) => !partition);
  const parts = childrenOf(catalogue, relation).filter(({ partition }) => partition);
  const fromOutside = references.filter(({ from }) => !parts.includes(from));
  if (!cascade && (fromOutside.length > 0 || views.length > 0 || children.length > 0)) {
    throw new Refused(`cannot drop ${relation.name} because other objects depend on it`);
  }
  for (const { from, key } of references) removeConstraint(from, key);
  for (const other of [...views, ...children, ...parts]) {
    if (catalogue.relations.has(keyOf(other.schema, other.name)))
      dropRelation(catalogue, other, cascade);
  }
  for (const { name } of relation.indexes) catalogue.indexes.delete(keyOf(relation.schema, name));
  catalogue.relations.delete(keyOf(relation.schema, relation.name));
}

function dropType(catalogue: Catalogue, type: OwnType, cascade: boolean): void {
  const relations = [...catalogue.relations.values()];
  const uses = relations.flatMap((relation) =>
    relation.columns
      .filter((column) => column.type.base === type)
      .map((column) => ({ relation, column })),
  );
  if (uses.length > 0 && !cascade) {
    throw new Refused(`cannot drop type ${type.name} because other objects depend on it`);
  }
  for (const { relation, column } of uses) dropColumn(catalogue, relation, column, true);
  catalogue.types.delete(keyOf(type.schema, type.name));
}

function dropSchema(catalogue: Catalogue, node: Node, cascade: boolean): void {
  const [schema = ''] = stringsOf([node]);
  const inside = [...catalogue.relations.values()].filter((one) => one.schema === schema);
  if (inside.length > 0 && !cascade)
    throw new Refused(`cannot drop schema ${schema} because it is not empty`);
  for (const relation of inside) {
    if (catalogue.relations.has(keyOf(schema, relation.name)))
      dropRelation(catalogue, relation, true);
  }
  for (const type of [...catalogue.types.values()])
    if (type.schema === schema) dropType(catalogue, type, true);
  catalogue.routines = catalogue.routines.filter((one) => one.schema !== schema);
  catalogue.schemas.delete(schema);
}
