import { readReference } from '../reference.js';
import type { SourceEntry } from './sources.js';

/** The variable of a project's only database. */
export const DATABASE_URL = 'DATABASE_URL';

/**
 * The environment variable with the address of a database: what `database:` names. The first database that names none has
 * DATABASE_URL where no other one names that, any further has one of its own, so that two never share an address by accident.
 */
export function databaseVariable(
  id: string,
  sources: Readonly<Record<string, SourceEntry>>,
): string {
  const databases = Object.entries(sources).flatMap(([key, source]) =>
    'sql' in source ? [{ key, named: readReference(source.database)?.env }] : [],
  );
  const own = databases.find(({ key }) => key === id);
  if (own?.named !== undefined) return own.named;
  const isNamed = databases.some(({ named }) => named === DATABASE_URL);
  const first = databases.find(({ named }) => named === undefined);
  const isFirst = first === undefined || first.key === id;
  return isFirst && !isNamed ? DATABASE_URL : ownVariable(id);
}

/** `my-shop` → `MY_SHOP_DATABASE_URL`. */
function ownVariable(id: string): string {
  return `${id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${DATABASE_URL}`;
}
