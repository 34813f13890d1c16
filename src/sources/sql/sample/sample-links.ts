import type { SqlDatabase } from '../../../blueprint/database.js';
import type { TableModel } from '../model.js';

/** A foreign key between exposed tables, by the names of callers. */
export type SampleLink = { columns: string[]; target: string; targetColumns: string[] };

/** The foreign keys of every table all of whose columns, and those they refer to, callers know. */
export function sampleLinks(
  database: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): Map<string, SampleLink[]> {
  const callers = new Map(
    Object.entries(database.tables).map(([name, table]) => [name, callerNames(table)] as const),
  );
  const places = new Map(
    [...models].map(([name, { schema, name: real }]) => [placeOf(schema, real), name] as const),
  );
  const linksOf = (name: string): SampleLink[] => {
    const { foreignKeys, schema } = models.get(name)!;
    return foreignKeys.flatMap(({ columns, references }): SampleLink[] => {
      const target = places.get(placeOf(references.schema ?? schema, references.table));
      if (target === undefined) return [];
      const own = columns.map((column) => callers.get(name)!.get(column));
      const other = references.columns.map((column) => callers.get(target)!.get(column));
      if (own.includes(undefined) || other.includes(undefined)) return [];
      return [{ columns: own as string[], target, targetColumns: other as string[] }];
    });
  };
  return new Map([...callers.keys()].map((name) => [name, linksOf(name)]));
}

/** Column name in the database → for callers. */
export function callerNames({
  columns,
}: Pick<SqlDatabase['tables'][string], 'columns'>): Map<string, string> {
  return new Map(Object.entries(columns).map(([name, facts]) => [facts.name ?? name, name]));
}

const placeOf = (schema: string | undefined, name: string): string =>
  JSON.stringify([schema ?? null, name]);

/** Tables that others refer to come first; in a circle the order of the schema decides. */
export function parentsFirst(
  names: readonly string[],
  links: ReadonlyMap<string, readonly SampleLink[]>,
): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of names) {
    const stack = [start];
    while (stack.length > 0) {
      const name = stack.at(-1)!;
      const next = (links.get(name) ?? [])
        .map(({ target }) => target)
        .find((target) => target !== name && !state.has(target));
      if (state.get(name) === undefined) state.set(name, 'open');
      if (next !== undefined) {
        stack.push(next);
        continue;
      }
      stack.pop();
      if (state.get(name) !== 'done') order.push(name);
      state.set(name, 'done');
    }
  }
  return order;
}
