import { UserInputError } from '../calls/user-input-error.js';
import type { SqlDatabase, SqlRelation } from './database.js';
import type { SqlCell, SqlSession } from './driver.js';
import { findRelation, type NamedTable } from './names.js';
import { setOwn } from './own-property.js';
import { pair } from './pairing.js';
import { readNames, type Arguments } from './read-arguments.js';
import { MAX_CHILDREN, readRelated } from './related-rows.js';
import type { SqlCall } from './sql-call.js';

/** A relation that rows are given with, and those of the rows it leads to. */
export type Include = {
  name: string;
  relation: SqlRelation;
  target: NamedTable;
  nested: Include[];
};

/** Rows that get their related ones, and their cells by column. */
export type Parents = {
  rows: Record<string, unknown>[];
  raw: (index: number, name: string) => SqlCell | undefined;
};

const MAX_DEPTH = 3;
const MAX_RELATIONS = 12;

/** The relations in `include`, such as `customer` or `items.product`. Throws UserInputError that names those there are. */
export function readIncludes(
  args: Arguments,
  owner: NamedTable,
  database: Pick<SqlDatabase, 'tables'>,
): Include[] {
  const includes: Include[] = [];
  for (const path of readNames(args, 'include', MAX_RELATIONS) ?? []) {
    addPath(includes, path, owner, database, 1);
  }
  return includes;
}

function addPath(
  includes: Include[],
  path: string,
  owner: NamedTable,
  database: Pick<SqlDatabase, 'tables'>,
  depth: number,
): void {
  // A relation may have a dot in its name.
  const isWhole = Object.hasOwn(owner.table.relations ?? {}, path);
  const dot = isWhole ? -1 : path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  if (depth > MAX_DEPTH) {
    throw new UserInputError(`include goes at most ${MAX_DEPTH} relations deep.`);
  }
  let found = includes.find((one) => one.name === name);
  if (found === undefined) {
    found = { name, ...findRelation(database, owner, name), nested: [] };
    includes.push(found);
  }
  if (dot >= 0) addPath(found.nested, path.slice(dot + 1), found.target, database, depth + 1);
}

/** Columns of a table without which its relations cannot be followed. */
export function includeNeeds(includes: readonly Include[]): string[] {
  return includes.flatMap(({ relation }) => relation.columns.map(([own]) => own));
}

/**
 * Puts related rows into the rows: one under the name of its relation, or null; many as a list that is cut, which `_truncated`
 * says. One statement for each relation and some hundred rows. Gives back what has to be said of it.
 */
export async function includeRelated(
  call: SqlCall,
  session: SqlSession,
  includes: readonly Include[],
  parents: Parents,
): Promise<string[]> {
  const notes: string[] = [];
  for (const include of includes) notes.push(...(await follow(call, session, include, parents)));
  return [...new Set(notes)];
}

async function follow(
  call: SqlCall,
  session: SqlSession,
  include: Include,
  { rows, raw }: Parents,
): Promise<string[]> {
  const { name, relation, target, nested } = include;
  const own = relation.columns.map(([column]) => column);
  const keys = rows.map((_, index) => own.map((column) => raw(index, column)));
  const also = includeNeeds(nested);
  const children = await readRelated(call, session, { relation, target, keys, also });
  const related = children.rows.map(({ row }) => row);
  const notes = await includeRelated(call, session, nested, {
    rows: related,
    raw: (index, column) => children.rows[index]?.raw(column),
  });

  const kinds = relation.columns.map(([, other]) => target.table.columns[other]?.kind ?? 'other');
  const paired = pair(keys, children.rows, kinds, call.dialect.name, relation.many === true);
  rows.forEach((row, index) => {
    const group = paired[index] ?? [];
    setOwn(row, name, relation.many ? group.slice(0, MAX_CHILDREN) : (group[0] ?? null));
    if (!relation.many || group.length <= MAX_CHILDREN) return;
    setOwn(row, '_truncated', [...((row['_truncated'] as string[] | undefined) ?? []), name]);
  });
  if (children.truncated) {
    notes.push(`${name}: there are too many related rows; some are left out.`);
  }
  return notes;
}
