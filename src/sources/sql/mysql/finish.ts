import type { ColumnModel, ForeignKeyModel, TableModel } from '../model.js';
import type { Origin } from '../../../diagnostics/diagnostic.js';
import { findTable, isSameName } from './catalogue.js';
import type { Catalogue } from './catalogue.js';
import { columnsAmong } from '../names-in.js';
import { SqlSyntaxError } from '../cursor.js';
import type { DraftForeignKey, DraftKey, DraftTable, Place } from './draft.js';
import { refuseRepeatedNames, resolveSelect } from './resolve-select.js';

export type Finishing = {
  catalogue: Catalogue;
  /** The database whose tables carry no schema. */
  database: string;
  originOf: (place: Place) => Origin;
  lose: (what: string, reason: string, place: Place) => void;
};

/** Engines that read foreign keys and forget them. */
const WITHOUT_FOREIGN_KEYS = [
  'myisam',
  'memory',
  'heap',
  'aria',
  'archive',
  'csv',
  'merge',
  'blackhole',
];

/** The table as the catalogue of a server would give it; undefined for a view whose columns cannot be found out. */
export function finishTable(table: DraftTable, finishing: Finishing): TableModel | undefined {
  const { originOf, database } = finishing;
  const columns = table.select ? viewColumns(table, finishing) : tableColumns(table, originOf);
  if (!columns) return undefined;
  const foreignKeys = finishForeignKeys(table, finishing);
  const primaryKey = table.keys.find(({ kind }) => kind === 'primary');
  const partial = table.keys.filter((key) => key.kind === 'unique' && !isPlainUnique(key));
  return {
    ...(table.database !== database && { schema: table.database }),
    ...{ name: table.name, kind: table.kind },
    ...(table.comment !== undefined && { comment: table.comment }),
    columns,
    ...(primaryKey && { primaryKey: plainColumns(primaryKey) }),
    uniques: table.keys.filter(isPlainUnique).map((key) => ({
      ...(key.name !== undefined && { name: key.name }),
      columns: plainColumns(key),
      constraint: true,
    })),
    ...(partial.length > 0 && { partialUniques: partial.map(partialUnique) }),
    foreignKeys,
    checks: table.checks,
    indexes: finishIndexes(table, foreignKeys),
    ...(table.partitioned && { partitioned: true }),
    ...(table.triggers.length > 0 && { triggers: [...table.triggers].sort() }),
    origin: originOf(table.place),
  };
}

function tableColumns(table: DraftTable, originOf: Finishing['originOf']): ColumnModel[] {
  const primary = table.keys.find(({ kind }) => kind === 'primary');
  const names = table.columns.map(({ name }) => name);
  return table.columns.map(({ place, madeOf: named, ...column }) => {
    const isKey = primary?.parts.some((part) => isSameName(part.column, column.name)) ?? false;
    // A server fills a column that counts up, NULL or not.
    const nullable = column.nullable && !isKey && !column.autoIncrement;
    const madeOf = named && columnsAmong(named, names);
    const isMade = madeOf && (column.generated !== undefined || madeOf.length > 0);
    return { ...column, ...(isMade && { madeOf }), nullable, origin: originOf(place) };
  });
}

function viewColumns(view: DraftTable, { catalogue, lose }: Finishing): ColumnModel[] | undefined {
  try {
    const columns = resolveSelect(catalogue, view.select!).map((column, index) => ({
      ...column,
      name: view.columns[index]?.name ?? column.name,
    }));
    refuseRepeatedNames(columns.map(({ name }) => name));
    return columns;
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    lose(`CREATE VIEW ${view.name}`, error.message, view.place);
    return undefined;
  }
}

function plainColumns({ parts }: DraftKey): string[] {
  return parts.flatMap(({ column }) => column ?? []);
}

function isPlainUnique(key: DraftKey): boolean {
  return key.kind === 'unique' && key.parts.every(({ column }) => column !== undefined);
}

function partialUnique({ name, parts }: DraftKey) {
  const definition = `UNIQUE (${parts.map((part) => part.column ?? part.expression).join(', ')})`;
  return { ...(name !== undefined && { name }), definition };
}

function finishForeignKeys(table: DraftTable, finishing: Finishing): ForeignKeyModel[] {
  const { engine = 'innodb', foreignKeys } = table;
  if (WITHOUT_FOREIGN_KEYS.includes(engine)) {
    for (const key of foreignKeys)
      finishing.lose(nameOf(table, key), `tables of the engine ${engine} have none`, key.place);
    return [];
  }
  return foreignKeys.flatMap((key) => finishForeignKey(table, key, finishing) ?? []);
}

function nameOf(table: DraftTable, key: DraftForeignKey): string {
  return `foreign key ${table.name} (${key.columns.join(', ')})`;
}

function finishForeignKey(
  table: DraftTable,
  key: DraftForeignKey,
  { catalogue, database, lose }: Finishing,
): ForeignKeyModel | undefined {
  const wanted = { database: key.database ?? table.database, name: key.table };
  const target = findTable(catalogue, wanted);
  const primary = target?.keys.find(({ kind }) => kind === 'primary');
  const named = key.references.length > 0 ? key.references : primary ? plainColumns(primary) : [];
  const columns = named.flatMap(
    (column) => target?.columns.find(({ name }) => isSameName(name, column))?.name ?? [],
  );
  if (!target || columns.length !== key.columns.length) {
    const reason = target
      ? `${target.name} does not have the columns (${key.references.join(', ')})`
      : `there is no table ${key.table}`;
    lose(nameOf(table, key), reason, key.place);
    return undefined;
  }
  const { name, onDelete, onUpdate } = key;
  return {
    ...(name !== undefined && { name }),
    columns: key.columns,
    references: {
      ...(target.database !== database && { schema: target.database }),
      ...{ table: target.name, columns },
    },
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
  };
}

/** Servers make an index for a foreign key that no index begins with the columns of, named like it or like its first column. */
function finishIndexes(table: DraftTable, foreignKeys: ForeignKeyModel[]): TableModel['indexes'] {
  const indexes = table.keys
    .filter(({ kind }) => kind === 'primary' || kind === 'unique' || kind === 'index')
    .map((key) => ({
      ...(key.kind === 'primary'
        ? { name: 'PRIMARY' }
        : key.name !== undefined && { name: key.name }),
      columns: leadingColumns(key),
    }))
    .filter(({ columns }) => columns.length > 0);
  for (const { name, columns } of foreignKeys) {
    const isCovered = indexes.some((index) =>
      columns.every((column, at) => index.columns[at] === column),
    );
    if (!isCovered) {
      const isNamed = table.foreignKeys.some((key) => key.name === name && key.isNamed);
      indexes.push({ name: isNamed ? name! : columns[0]!, columns });
    }
  }
  return indexes;
}

function leadingColumns({ parts }: DraftKey): string[] {
  const end = parts.findIndex(({ column }) => column === undefined);
  return plainColumns({
    kind: 'index',
    parts: end === -1 ? parts : parts.slice(0, end),
  });
}
