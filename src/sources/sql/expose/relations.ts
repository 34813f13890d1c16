import type { SqlRelation } from '../../../blueprint/database.js';
import type { TableModel } from '../model.js';

/** A table that callers see, with its name for them and how they name its columns. */
export type Exposed = {
  name: string;
  model: TableModel;
  /** Column name in the database → for callers; hidden and masked ones are not here. */
  columns: ReadonlyMap<string, string>;
};

type Link = { from: Exposed; to: Exposed; own: string[]; other: string[]; isUnique: boolean };

/** The relations of each table by its name for callers: along its foreign keys, and back along those of others. */
export function relationsOf(tables: readonly Exposed[]): Map<string, Record<string, SqlRelation>> {
  const byName = new Map<string, Exposed>();
  for (const table of tables) {
    const key = keyOf(table.model);
    if (!byName.has(key)) byName.set(key, table);
  }
  const links = tables.flatMap((table) => linksOf(table, byName));
  const outgoing = groupBy(links, ({ from }) => from);
  const incoming = groupBy(links, ({ to }) => to);
  return new Map(
    tables.map((table) => {
      const names = nameGiver(table);
      const relations: [string, SqlRelation][] = [];
      for (const { to, own, other } of outgoing.get(table) ?? []) {
        const name = names([stemOf(own), to.name, `${to.name}_by_${own.join('_')}`]);
        relations.push([name, { table: to.name, columns: pairs(own, other) }]);
      }
      for (const { from, own, other, isUnique } of incoming.get(table) ?? []) {
        const name = names([from.name, `${from.name}_by_${own.join('_')}`]);
        const relation = { table: from.name, columns: pairs(other, own) };
        relations.push([name, isUnique ? relation : { ...relation, many: true }]);
      }
      return [table.name, Object.fromEntries(relations)] as const;
    }),
  );
}

function linksOf(from: Exposed, byName: ReadonlyMap<string, Exposed>): Link[] {
  const seen = new Set<string>();
  return from.model.foreignKeys.flatMap(({ columns, references }): Link[] => {
    const schema = references.schema ?? from.model.schema;
    const to = byName.get(
      keyOf({ name: references.table, ...(schema !== undefined && { schema }) }),
    );
    if (to === undefined || columns.length !== references.columns.length) return [];
    const own = columns.map((column) => from.columns.get(column));
    const other = references.columns.map((column) => to.columns.get(column));
    if (own.includes(undefined) || other.includes(undefined)) return [];
    const key = JSON.stringify([to.name, own, other]);
    // The same key is declared twice in more schemas than one would think.
    if (seen.has(key)) return [];
    seen.add(key);
    const { primaryKey = [], uniques } = from.model;
    const keys = [primaryKey, ...uniques.map((unique) => unique.columns)];
    const isUnique = keys.some(
      (names) => names.length > 0 && names.every((name) => columns.includes(name)),
    );
    return [{ from, to, own: own as string[], other: other as string[], isUnique }];
  });
}

const keyOf = ({ schema, name }: { schema?: string; name: string }): string =>
  JSON.stringify([schema, name]);

function groupBy<Value, Key>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function pairs(own: string[], other: string[]): [string, string][] {
  return own.map((column, index) => [column, other[index]!]);
}

/** `customer_id`, `customerId` → `customer`. */
function stemOf(columns: string[]): string {
  const [only, ...others] = columns;
  if (only === undefined || others.length > 0) return '';
  return /^(.+?)_?(?:id|Id|ID|_key|Key|_no|_code|uuid)$/.exec(only)?.[1] ?? '';
}

/** Relations stand beside columns in a row, so they never have the name of one. */
function nameGiver({ model, columns }: Exposed): (wishes: string[]) => string {
  const taken = new Set([...columns.values(), ...model.columns.map(({ name }) => name)]);
  const lower = new Set([...taken].map((name) => name.toLowerCase()));
  const usable = (name: string) =>
    name !== '' && !(name in Object.prototype) && !lower.has(name.toLowerCase());
  return (wishes) => {
    const plain = wishes.map((wish) => wish.replaceAll('.', '_'));
    let name = plain.find(usable);
    const last = plain.at(-1) ?? 'related';
    for (let count = 2; name === undefined; count += 1) {
      if (usable(`${last}_${count}`)) name = `${last}_${count}`;
    }
    lower.add(name.toLowerCase());
    return name;
  };
}
