import { UserInputError } from '../../../calls/user-input-error.js';
import { MASK } from '../../cells.js';
import type { SqlDatabase, SqlTable } from '../../database.js';
import { findColumn, type NamedTable } from '../../names.js';
import { findExposed } from '../exposed.js';
import { quoted, type Edit, type Pieces } from './edits.js';
import type { ColumnUse, Facts, RelationUse } from './facts.js';

/** A reference to a table with what it stands for. */
export type Resolved = { use: RelationUse; table: NamedTable; isDirect: boolean };

/** Schemas that no table of a user is in. */
const OF_SYSTEM = /^(?:pg_|information_schema$)/i;

/** Which exposed tables the statement reads. Throws UserInputError for any other. */
export function resolveRelations(facts: Facts, database: SqlDatabase): Resolved[] {
  const tables = facts.relations.flatMap((use): Omit<Resolved, 'isDirect'>[] => {
    if (use.common !== undefined) return [];
    if (OF_SYSTEM.test(use.schema ?? use.name)) {
      throw new UserInputError(
        `${use.schema === undefined ? '' : `${use.schema}.`}${use.name} cannot be read: the catalogue of the database is closed. The tools that describe tables say what there is.`,
      );
    }
    const table = findExposed(database, use, { ignoreCase: false, defaultSchema: 'public' });
    return [{ use, table }];
  });
  return tables.map((one) => ({ ...one, isDirect: facts.hasGroups && canBeDirect(one, facts) }));
}

/**
 * Whether the table can stand for itself: nothing in the statement can mean a column of it that is not visible. Worth it for
 * GROUP BY alone, where the key of a table, but not that of a subselect, stands for all of its columns.
 */
function canBeDirect(
  { use, table: { table } }: Omit<Resolved, 'isDirect'>,
  { columns, using, hasWideJoins }: Facts,
): boolean {
  const called = use.alias ?? use.name;
  const isPlain = Object.values(table.columns).every(({ name, masked }) => !name && !masked);
  const visible = (name: string | undefined): boolean =>
    name !== undefined && Object.hasOwn(table.columns, name);
  if (!table.key || !isPlain || hasWideJoins || use.renamesColumns || !using.every(visible)) {
    return false;
  }
  return columns.every(({ path, isOutput }) => {
    const column = path[path.length - 1];
    const qualifier = path[path.length - 2];
    if (isOutput) return true;
    return qualifier === undefined || qualifier === called ? visible(column) : true;
  });
}

/** Puts a subselect of its visible columns in the place of each table, and the new names of common tables. */
export function relationEdits(facts: Facts, resolved: readonly Resolved[], pieces: Pieces): Edit[] {
  const tables = new Map(resolved.map((one) => [one.use, one]));
  return facts.relations.map((use): Edit => {
    const found = tables.get(use);
    const span = spanOf(use, pieces);
    if (found) {
      const { table } = found.table;
      const body = found.isDirect ? `${span.only}${pathOf(table)}` : subselect(table, span.only);
      const alias = use.alias === undefined ? ` AS ${quoted(use.name)}` : '';
      return { start: span.start, end: span.end, text: `${span.before}${body}${alias}` };
    }
    const alias = use.alias === undefined && span.before === '' ? ` AS ${quoted(use.name)}` : '';
    const name = quoted(use.common ?? '');
    return { start: span.start, end: span.end, text: `${span.before}${name}${alias}` };
  });
}

type Span = { start: number; end: number; only: string; before: string };

/** Where a reference stands, with ONLY and `*`, and in the statement `TABLE x` with that word. */
function spanOf({ schema, inherits, place }: RelationUse, pieces: Pieces): Span {
  const last = pieces.at(place, schema === undefined ? 0 : 2);
  const star = pieces.near(last.start, 1);
  let start = place;
  let end = star?.text === '*' ? star.end : last.end;
  const word = (ahead: number): string => pieces.near(place, ahead)?.text.toUpperCase() ?? '';
  if (!inherits) {
    const isGroup = word(-1) === '(' && word(-2) === 'ONLY';
    start = pieces.at(place, isGroup ? -2 : -1).start;
    if (isGroup) end = pieces.at(last.start, 1).end;
  }
  const isTable = word(-1) === 'TABLE' && inherits;
  if (isTable) start = pieces.at(place, -1).start;
  return { start, end, only: inherits ? '' : 'ONLY ', before: isTable ? 'SELECT * FROM ' : '' };
}

function subselect(table: SqlTable, only: string): string {
  const columns = Object.entries(table.columns).map(([name, { name: real = name, masked }]) =>
    masked ? `'${MASK}'::pg_catalog.text AS ${quoted(name)}` : `${quoted(real)} AS ${quoted(name)}`,
  );
  return `(SELECT ${columns.join(', ')} FROM ${only}${pathOf(table)})`;
}

export function pathOf({ schema = 'public', name }: SqlTable): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/**
 * Checks columns that are named with their table. What the database has to be asked about are names after a dot that could be
 * a function instead: `t.f` calls `f(t)` where `t` has no such column. Throws UserInputError.
 */
export function unclearMembers(facts: Facts, resolved: readonly Resolved[]): string[] {
  const commons = facts.relations.filter(({ common }) => common !== undefined);
  const others = new Set([...facts.aliases, ...commons.map((use) => use.alias ?? use.name)]);
  const unclear = facts.columns.flatMap(({ path }: ColumnUse): string[] => {
    const [column = '', qualifier] = [...path].reverse();
    if (qualifier === undefined || column === '*') return [];
    const tables = resolved.filter(
      ({ use }) => (use.alias ?? use.name) === qualifier && !use.renamesColumns,
    );
    const isOther =
      others.has(qualifier) ||
      facts.hasWideJoins ||
      resolved.some(({ use }) => use.renamesColumns && (use.alias ?? use.name) === qualifier);
    const [first] = tables;
    if (first && !isOther) {
      const has = tables.some(({ table }) => Object.hasOwn(table.table.columns, column));
      if (!has) findColumn(first.table, column);
      return tables.every(({ table }) => Object.hasOwn(table.table.columns, column))
        ? []
        : [column];
    }
    return [column];
  });
  return [...new Set([...unclear, ...facts.members])];
}
