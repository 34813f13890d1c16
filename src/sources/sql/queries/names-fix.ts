import type { SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import { closest } from '../../../diagnostics/closest.js';
import type { QueryProblem } from './checked-query.js';
import { namedIn } from './named-in.js';

/** Most names that a fix lists. */
const MAX_NAMES = 20;

/** How PostgreSQL and SQLite say that a column, or a table, is not there; the last part of its name. */
const COLUMN =
  /^(?:column (?:"(.+)"|(?:\S+\.)?(\S+)) does not exist|no such column: (?:.*\.)?"?([^".]+)"?)/;
const TABLE = /^(?:relation "(?:.+\.)?(.+)" does not exist|no such table: (?:.*\.)?(.+))$/;

/** What a database says of an unknown name, with the names that there are: of the tables that the statement names. */
export function withNames(
  problem: QueryProblem,
  text: string,
  { tables }: SqlDatabase,
): QueryProblem {
  const column = named(COLUMN, problem.problem);
  const table = named(TABLE, problem.problem);
  const fix =
    column !== undefined
      ? columnFix(column, tablesIn(text, tables))
      : table !== undefined
        ? tableFix(table, tables)
        : undefined;
  return fix === undefined ? problem : { ...problem, fix };
}

/** `did you mean name? pens has id, name`; undefined without a table. */
export function columnFix(
  name: string,
  tables: Readonly<Record<string, SqlTable>>,
): string | undefined {
  const known = Object.values(tables);
  if (known.length === 0) return undefined;
  const meant = closest(
    name,
    known.flatMap((table) => columnsOf(table)),
  );
  const lists = Object.entries(tables)
    .slice(0, 3)
    .map(([table, facts]) => `${table} has ${listed(columnsOf(facts))}`);
  return [...(meant === undefined ? [] : [`did you mean ${meant}?`]), lists.join('; ')].join(' ');
}

/** `did you mean pens? the tables are ink, pens` */
export function tableFix(name: string, tables: Readonly<Record<string, SqlTable>>): string {
  const names = Object.values(tables).map((table) => table.name);
  const meant = closest(name, names);
  const list = `the tables are ${listed(names)}`;
  return meant === undefined ? list : `did you mean ${meant}? ${list}`;
}

function named(pattern: RegExp, problem: string): string | undefined {
  return pattern
    .exec(problem)
    ?.slice(1)
    .find((part) => part !== undefined);
}

/** Names as the database knows them: those are what statements are made of. */
function columnsOf({ columns }: SqlTable): string[] {
  return Object.entries(columns).map(([shown, { name = shown }]) => name);
}

function tablesIn(text: string, tables: Record<string, SqlTable>): Record<string, SqlTable> {
  const isNamed = namedIn(text);
  return Object.fromEntries(Object.entries(tables).filter(([, { name }]) => isNamed(name)));
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? ' …' : '';
  return names.slice(0, MAX_NAMES).join(', ') + more;
}
