import type { Skipped } from '../../../blueprint/types.js';
import type { Origin } from '../../../diagnostics/diagnostic.js';
import type {
  ColumnModel,
  ColumnType,
  DatabaseModel,
  ForeignKeyModel,
  TableModel,
} from '../model.js';
import { followViews } from '../follow-views.js';
import { columnsAmong } from '../names-in.js';
import { sortTables } from '../sort-tables.js';
import { columnType } from './column-type.js';
import { tokenize } from './lexical.js';
import type { EngineCatalogue, EngineColumn, EngineForeignKey, EngineTable } from './run-engine.js';
import { columnsKey, readTableText } from './table-sql.js';
import type { TableText } from './table-sql.js';

export type EngineModel = {
  model: DatabaseModel;
  skipped: Skipped[];
};

/**
 * The model of a database from what its engine knows. Tables that others keep their data in (FTS5) are left out; `standIns` are
 * names, in lower case, of tables that took the place of virtual ones.
 */
export function engineModel(
  { objects, tables }: EngineCatalogue,
  originOf: (table: string) => Origin,
  standIns: ReadonlySet<string> = new Set(),
): EngineModel {
  const skipped: Skipped[] = [];
  const texts = new Map(objects.map(({ type, name, sql }) => [`${type} ${name}`, sql ?? '']));
  const triggers = objects.filter(({ type }) => type === 'trigger');
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const models = tables
    .filter((table) => table.type !== 'shadow' && !isShadow(table.name, standIns))
    .flatMap((table): TableModel[] => {
      const origin = originOf(table.name);
      if (table.error !== undefined) {
        skipped.push({ what: `${table.type} ${table.name}`, reason: table.error, origin });
        return [];
      }
      const kind = kindOf(table, standIns);
      const text = readTableText(texts.get(`table ${table.name}`) ?? '');
      const own = triggers.filter(
        (trigger) => trigger.table.toLowerCase() === table.name.toLowerCase(),
      );
      return [
        {
          ...{ name: table.name, kind, columns: columnsOf(table, kind, text) },
          ...keysOf(table, text, texts),
          ...foreignKeysOf(table, text, byName, skipped, origin),
          checks: text.checks,
          ...(own.length > 0 && { triggers: own.map(({ name }) => name).sort() }),
          ...(table.strict === 1 && { strict: true }),
          ...(table.wr === 1 && kind === 'table' && { withoutRowid: true }),
          origin,
        },
      ];
    });
  const followed = followViews(models, 'main', (view) => {
    const source = texts.get(`view ${view}`) ?? '';
    return { source, tokens: tokenize(source) };
  });
  const model: DatabaseModel = {
    ...{ dialect: 'sqlite', tables: sortTables(followed), enums: [], domains: [], functions: [] },
  };
  return { model, skipped };
}

/** A dump writes out the tables that a virtual one keeps its data in: without its module they look like any other. */
function isShadow(name: string, standIns: ReadonlySet<string>): boolean {
  const owner =
    /^(.+)_(?:content|segments|segdir|docsize|stat|data|idx|config|node|rowid|parent)$/i.exec(name);
  return owner !== null && standIns.has(owner[1]!.toLowerCase());
}

function kindOf({ type, name }: EngineTable, standIns: ReadonlySet<string>): TableModel['kind'] {
  if (type === 'view') return 'view';
  return type === 'virtual' || standIns.has(name.toLowerCase()) ? 'virtual table' : 'table';
}

function primaryColumns({ columns }: EngineTable): EngineColumn[] {
  return columns.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);
}

/** The one column whose values are the row's number: declared INTEGER PRIMARY KEY, and so without an index of its own. */
function rowidColumn(table: EngineTable): EngineColumn | undefined {
  const primary = primaryColumns(table);
  const hasIndex = table.indexes.some(({ origin }) => origin === 'pk');
  if (table.type !== 'table' || table.wr === 1 || primary.length !== 1 || hasIndex)
    return undefined;
  return primary[0];
}

function columnsOf(
  table: EngineTable,
  kind: TableModel['kind'],
  { madeOf }: TableText,
): ColumnModel[] {
  const names = table.columns.map(({ name }) => name);
  const rowid = rowidColumn(table);
  return table.columns
    .filter(({ hidden }) => hidden !== 1)
    .map((column): ColumnModel => {
      const { name, hidden, dflt_value: value } = column;
      const isRowid = column === rowid;
      // Keys may hold NULL in SQLite, but for those of STRICT and WITHOUT ROWID tables.
      const sources = madeOf.get(name.toLowerCase());
      const isNeverNull = column.notnull === 1 || isRowid || (column.pk > 0 && table.strict === 1);
      return {
        ...{ name, type: typeOf(column, kind), nullable: !isNeverNull },
        ...(value !== null && value.toUpperCase() !== 'NULL' && { default: value }),
        ...((hidden === 2 || hidden === 3) && { generated: hidden === 2 ? 'virtual' : 'stored' }),
        ...(sources && { madeOf: columnsAmong(sources, names) }),
        ...(isRowid && { autoIncrement: true }),
      };
    });
}

/** Columns of full-text tables have no types: they hold text. `GENERATED ALWAYS` is part of what the pragma calls the type. */
function typeOf({ type }: EngineColumn, kind: TableModel['kind']): ColumnType {
  const declared = type.replace(/\s*\bGENERATED ALWAYS$/i, '');
  if (declared === '' && kind === 'virtual table') return { kind: 'text', sql: 'text' };
  if (declared === '' && kind === 'view') return { kind: 'other', sql: 'expression' };
  return columnType(declared);
}

function keysOf(table: EngineTable, text: TableText, texts: ReadonlyMap<string, string>) {
  const primary = primaryColumns(table).map(({ name }) => name);
  const plain = table.indexes.map((index) => {
    const end = index.parts.findIndex(({ name }) => name === null);
    const leading = (end === -1 ? index.parts : index.parts.slice(0, end)).map(({ name }) => name!);
    return { ...index, leading, isPlain: end === -1 && index.partial === 0 };
  });
  const indexes = plain
    .filter(({ leading, partial }) => leading.length > 0 && partial === 0)
    .map(({ name, leading }) => ({ name, columns: leading }));
  const partial = plain.filter(({ unique, isPlain }) => unique === 1 && !isPlain);
  const hasOwnIndex = plain.some(({ origin }) => origin === 'pk');
  return {
    ...(primary.length > 0 && { primaryKey: primary }),
    uniques: plain
      .filter(({ unique, origin, isPlain }) => unique === 1 && origin !== 'pk' && isPlain)
      .map(({ name, leading, origin }) => ({
        name: text.uniqueNames.get(columnsKey(leading)) ?? name,
        columns: leading,
        constraint: origin === 'u',
      })),
    ...(partial.length > 0 && {
      partialUniques: partial.map(({ name }) => ({
        ...{ name, definition: texts.get(`index ${name}`) ?? '' },
      })),
    }),
    indexes: primary.length > 0 && !hasOwnIndex ? [{ columns: primary }, ...indexes] : indexes,
  };
}

function foreignKeysOf(
  table: EngineTable,
  text: TableText,
  byName: ReadonlyMap<string, EngineTable>,
  skipped: Skipped[],
  origin: Origin,
): { foreignKeys: ForeignKeyModel[] } {
  const groups = new Map<number, EngineForeignKey[]>();
  for (const part of table.foreignKeys) groups.set(part.id, [...(groups.get(part.id) ?? []), part]);
  const foreignKeys = [...groups.values()]
    .sort(([one], [other]) => other!.id - one!.id)
    .flatMap((group): ForeignKeyModel[] => {
      const parts = group.sort((one, other) => one.seq - other.seq);
      const columns = parts.map(({ from }) => from);
      const target = byName.get(parts[0]!.table.toLowerCase());
      const references = target && referredColumns(parts, target);
      if (!target || references?.length !== columns.length) {
        const what = `foreign key ${table.name} (${columns.join(', ')})`;
        const reason = target
          ? `${target.name} has no columns that it could lead to`
          : `there is no table ${parts[0]!.table}`;
        skipped.push({ what, reason, origin });
        return [];
      }
      const name = text.foreignKeyNames.get(columnsKey(columns));
      return [
        {
          ...(name !== undefined && { name }),
          ...{ columns, references: { table: target.name, columns: references } },
          ...actions(parts[0]!),
        },
      ];
    });
  return { foreignKeys };
}

/** Columns that are not said are those of the primary key. */
function referredColumns(parts: readonly EngineForeignKey[], target: EngineTable): string[] {
  if (parts.every(({ to }) => to === null)) return primaryColumns(target).map(({ name }) => name);
  return parts.flatMap(({ to }) => {
    const lower = to?.toLowerCase();
    return target.columns.find(({ name }) => name.toLowerCase() === lower)?.name ?? [];
  });
}

function actions({ on_delete: onDelete, on_update: onUpdate }: EngineForeignKey) {
  return {
    ...(onDelete !== 'NO ACTION' && { onDelete }),
    ...(onUpdate !== 'NO ACTION' && { onUpdate }),
  };
}
