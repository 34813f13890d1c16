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
  const links = tables.flatMap((table) => linksOf(table, tables));
  return new Map(
    tables.map((table) => {
      const names = nameGiver(table);
      const relations: [string, SqlRelation][] = [];
      for (const { to, own, other } of links.filter(({ from }) => from === table)) {
        const name = names([stemOf(own), to.name, `${to.name}_by_${own.join('_')}`]);
        relations.push([name, { table: to.name, columns: pairs(own, other) }]);
      }
      for (const { from, own, other, isUnique } of links.filter(({ to }) => to === table)) {
        const name = names([from.name, `${from.name}_by_${own.join('_')}`]);
        const relation = { table: from.name, columns: pairs(other, own) };
        relations.push([name, isUnique ? relation : { ...relation, many: true }]);
      }
      return [table.name, Object.fromEntries(relations)] as const;
    }),
  );
}

function linksOf(from: Exposed, tables: readonly Exposed[]): Link[] {
  const seen = new Set<string>();
  return from.model.foreignKeys.flatMap(({ columns, references }): Link[] => {
    const to = tables.find(({ model }) => isMeant(model, references, from.model));
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

function isMeant(
  table: TableModel,
  { schema, table: name }: { schema?: string; table: string },
  from: TableModel,
): boolean {
  return table.name === name && (schema ?? from.schema) === table.schema;
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
