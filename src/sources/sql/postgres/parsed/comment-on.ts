import type { CommentStmt } from 'libpg-query';
import type { Catalogue } from './catalogue.js';
import { columnOf, ownTypeOf, relationOf, splitName } from './names.js';
import { typeParts } from './own-types.js';
import { routineOf } from './routines.js';

/** Comments on relations, columns, types and routines; those on other things say nothing of a table. */
export function commentOn(catalogue: Catalogue, { objtype, object, comment }: CommentStmt): void {
  const set = (thing: { comment?: string }): void => {
    if (comment === undefined || comment === '') delete thing.comment;
    else thing.comment = comment;
  };
  const parts = typeParts(object);
  const { schema, name } = splitName(objtype === 'OBJECT_COLUMN' ? parts.slice(0, -1) : parts);
  const range = { relname: name, ...(schema !== undefined && { schemaname: schema }) };
  switch (objtype) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_FOREIGN_TABLE':
      return set(relationOf(catalogue, range));
    case 'OBJECT_COLUMN':
      return set(columnOf(relationOf(catalogue, range), parts.at(-1) ?? ''));
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return set(ownTypeOf(catalogue, parts));
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      if (object && 'ObjectWithArgs' in object) set(routineOf(catalogue, object.ObjectWithArgs));
      return;
    default:
  }
}
