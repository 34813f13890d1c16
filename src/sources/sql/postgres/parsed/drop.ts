import type { DropStmt, Node, ObjectType } from 'libpg-query';
import type { Catalogue, OwnType, Relation } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { dropColumn, referencesTo, removeConstraint } from './drop-parts.js';
import { childrenOf, removeIndex } from './indexes.js';
import { findIn, splitName, stringsOf } from './names.js';
import { typeParts } from './own-types.js';
import { routineOf } from './routines.js';
import { Refused } from './refused.js';

const RELATIONS = new Set<ObjectType>([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_FOREIGN_TABLE',
]);

/** Removes what it names, and with CASCADE what depends on that. Throws a Refused where something depends on it otherwise. */
export function drop(catalogue: Catalogue, { objects = [], removeType, behavior }: DropStmt): void {
  const cascade = behavior === 'DROP_CASCADE';
  // What goes together does not depend on each other.
  const together = new Set(
    objects.flatMap((node) => {
      const found = findIn(catalogue, catalogue.relations, splitName(typeParts(node)));
      return found && RELATIONS.has(removeType ?? 'OBJECT_TABLE') ? [found] : [];
    }),
  );
  for (const relation of together) refuseDependents(catalogue, relation, together, cascade);
  for (const relation of together) dropRelation(catalogue, relation);
  for (const node of objects) {
    switch (removeType) {
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

function refuseDependents(
  catalogue: Catalogue,
  relation: Relation,
  together: ReadonlySet<Relation>,
  cascade: boolean,
): void {
  const parts = childrenOf(catalogue, relation).filter(({ partition }) => partition);
  const goes = new Set([...together, ...parts]);
  const depending = [
    ...referencesTo(catalogue, relation).map(({ from }) => from),
    ...dependents(catalogue, relation),
  ].find((one) => !goes.has(one) && one !== relation);
  if (depending && !cascade) {
    throw new Refused(`cannot drop ${relation.name}: ${depending.name} depends on it`);
  }
}

/** Views of a relation, its parts, and what inherits from it. */
function dependents(catalogue: Catalogue, relation: Relation): Relation[] {
  return [...catalogue.relations.values()].filter(
    ({ reads, parents }) => reads.has(relation) || parents.includes(relation),
  );
}

/** With everything that depends on it. */
function dropRelation(catalogue: Catalogue, relation: Relation): void {
  if (!catalogue.relations.delete(keyOf(relation.schema, relation.name))) return;
  for (const { from, key } of referencesTo(catalogue, relation)) removeConstraint(from, key);
  for (const { name } of relation.indexes) catalogue.indexes.delete(keyOf(relation.schema, name));
  for (const other of dependents(catalogue, relation)) dropRelation(catalogue, other);
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
    dropRelation(catalogue, relation);
  }
  for (const type of [...catalogue.types.values()])
    if (type.schema === schema) dropType(catalogue, type, true);
  catalogue.routines = catalogue.routines.filter((one) => one.schema !== schema);
  catalogue.schemas.delete(schema);
}
