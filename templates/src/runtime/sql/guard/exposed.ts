import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlDatabase } from '../database.js';
import { shown, unknown, type NamedTable } from '../names.js';

/** A table as a statement names it. */
export type TableName = { schema?: string | undefined; name: string };

/**
 * The exposed table that is meant, by its name in the database or the one that callers know. Throws UserInputError; nothing
 * tells a table that is not exposed from one that does not exist.
 */
export function findExposed(
  { tables }: Pick<SqlDatabase, 'tables'>,
  wanted: TableName,
  { ignoreCase, defaultSchema }: { ignoreCase: boolean; defaultSchema?: string },
): NamedTable {
  const fold = (name: string): string => (ignoreCase ? name.toLowerCase() : name);
  const same = (one: string | undefined, other: string): boolean =>
    one !== undefined && fold(one) === fold(other);
  const full = wanted.schema === undefined ? wanted.name : `${wanted.schema}.${wanted.name}`;
  const all = Object.entries(tables).map(([name, table]) => ({ name, table }));
  const known = all.find(({ name }) => same(name, full));
  if (known !== undefined) return known;
  const found = all.filter(({ table }) => {
    if (!same(table.name, wanted.name)) return false;
    if (wanted.schema === undefined) return true;
    return same(table.schema ?? defaultSchema, wanted.schema);
  });
  const preferred = found.filter(({ table }) => (table.schema ?? defaultSchema) === defaultSchema);
  const [only, other] = preferred.length === 1 ? preferred : found;
  if (only !== undefined && other === undefined) return only;
  if (only !== undefined) {
    const names = found.map(({ name }) => name).join(', ');
    throw new UserInputError(`${shown(full)} could be any of ${names}: write which one.`);
  }
  const names = Object.keys(tables);
  throw unknown(`There is no table ${shown(full)}`, wanted.name, { of: 'Tables', known: names });
}
