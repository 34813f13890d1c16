import type {
  ColumnModel,
  ColumnType,
  DatabaseModel,
  ForeignKeyModel,
  FunctionModel,
  TableModel,
} from '../model.js';
import type { Skipped } from '../../../blueprint/types.js';
import { followViews } from '../follow-views.js';
import { columnsAmong, namesIn } from '../names-in.js';
import { sortTables } from '../sort-tables.js';
import type { MysqlAddress } from './live-connection.js';
import type { CatalogueRows, ColumnRow, ForeignKeyRow, KeyRow } from './live-queries.js';
import { parseType } from './parse-type.js';
import { tokenize } from './tokens.js';

/** The model of one database from the rows of its catalogue. */
export function liveModel(rows: CatalogueRows, address: MysqlAddress): DatabaseModel {
  const columns = byTable(rows.columns);
  const generated = byTable(rows.generated);
  const keys = byTable(rows.keys);
  const foreignKeys = byTable(rows.foreignKeys);
  const checks = byTable(rows.checks);
  const triggers = byTable(rows.triggers);
  const origin = { file: address.shown, path: [] };
  const tables = rows.tables
    .filter(({ type }) => type !== 'SEQUENCE')
    .map((table): TableModel => {
      const { name } = table;
      const isView = /VIEW/.test(table.type);
      const own = checks.get(name) ?? [];
      const groups = groupBy(keys.get(name) ?? [], (row) => row.name);
      const primary = groups.get('PRIMARY');
      const partitioned = /\bpartitioned\b/.test(table.options ?? '');
      const names = (triggers.get(name) ?? []).map((trigger) => trigger.name).sort();
      return {
        ...{ name, kind: isView ? 'view' : 'table' },
        ...(!isView && table.comment && { comment: table.comment }),
        columns: withSources(
          (columns.get(name) ?? []).map((row) => column(row, own, rows.hasSqlDefaults)),
          generated.get(name) ?? [],
        ),
        ...(primary && { primaryKey: plainColumns(primary) }),
        uniques: [...groups.values()].filter(isPlainUnique).map((group) => ({
          ...{ name: group[0]!.name, columns: plainColumns(group), constraint: true },
        })),
        ...partialUniques([...groups.values()]),
        foreignKeys: foreignKeysOf(foreignKeys.get(name) ?? [], address),
        checks: own.map(({ name: check, expression }) => ({
          ...{ name: check, expression: rows.isMariadb ? expression : plainText(expression) },
        })),
        indexes: [...groups.values()].filter(isLookup).map((group) => ({
          ...{ name: group[0]!.name, columns: leadingColumns(group) },
        })),
        ...(partitioned && { partitioned }),
        ...(names.length > 0 && { triggers: names }),
        origin,
      };
    });
  const queries = new Map(rows.views.map(({ name, query }) => [name, query ?? '']));
  const followed = followViews(tables, address.database, (view) => {
    const source = queries.get(view) ?? '';
    return source === '' ? undefined : { source, tokens: tokenize(source, 0, source.length) };
  });
  return {
    ...{ dialect: 'mysql', tables: sortTables(followed), enums: [], domains: [] },
    functions: functionsOf(rows),
  };
}

function byTable<Row extends { table: string }>(rows: readonly Row[]): Map<string, Row[]> {
  return groupBy(rows, ({ table }) => table);
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** A type as the catalogue writes it. */
function typeFromText(text: string): ColumnType {
  return parseType({ tokens: tokenize(text, 0, text.length), at: 0, source: text }).type;
}

/** MySQL prints expressions with escaped quotes and the character set before each text. */
function plainText(expression: string): string {
  return expression.replaceAll("\\'", "'").replace(/\b_[a-z]\w*(?=')/g, '');
}

function column(row: ColumnRow, checks: CatalogueRows['checks'], isSql: boolean): ColumnModel {
  const declared = typeFromText(row.type);
  // MariaDB's JSON is text with a check.
  const isJson = checks.some(({ expression }) => expression === `json_valid(\`${row.name}\`)`);
  const type: ColumnType = isJson ? { ...declared, kind: 'json' } : declared;
  const value = defaultText(row, type, isSql);
  const generated = /(VIRTUAL|STORED|PERSISTENT) (?:GENERATED)?/i
    .exec(row.extra)?.[1]
    ?.toUpperCase();
  return {
    ...{ name: row.name, type, nullable: row.nullable === 'YES' },
    ...(value !== undefined && { default: value }),
    ...(generated && { generated: generated === 'VIRTUAL' ? 'virtual' : 'stored' }),
    ...(/auto_increment/i.test(row.extra) && { autoIncrement: true }),
    ...(row.comment !== '' && { comment: row.comment }),
  };
}

/** With the columns that expressions name: those of generated columns, and defaults. */
function withSources(
  columns: readonly ColumnModel[],
  generated: CatalogueRows['generated'],
): ColumnModel[] {
  const names = columns.map(({ name }) => name);
  const expressions = new Map(generated.map(({ name, expression }) => [name, expression ?? '']));
  return columns.map((one) => {
    const isGenerated = one.generated !== undefined;
    const text = isGenerated ? expressions.get(one.name) : one.default;
    if (text === undefined) return one;
    const madeOf = columnsAmong(namesIn(tokenize(text, 0, text.length)), names);
    return isGenerated || madeOf.length > 0 ? { ...one, madeOf } : one;
  });
}

/** MariaDB gives SQL; MySQL, and MariaDB before 10.2.7, a bare value unless it says DEFAULT_GENERATED. */
function defaultText(row: ColumnRow, type: ColumnType, isSql: boolean): string | undefined {
  const { default: value, extra } = row;
  if (value === null || (isSql && value === 'NULL')) return undefined;
  const isNumber = ['integer', 'bigint', 'decimal', 'float', 'boolean', 'other'].includes(
    type.kind,
  );
  const isTime = type.kind === 'timestamp' && /^current_timestamp/i.test(value);
  if (!isSql && /DEFAULT_GENERATED/i.test(extra)) return plainText(value);
  if (isSql || isNumber || isTime) return value;
  return `'${value.replaceAll("'", "''")}'`;
}

function plainColumns(rows: readonly KeyRow[]): string[] {
  return rows.flatMap(({ column }) => column ?? []);
}

function isPlainUnique(rows: readonly KeyRow[]): boolean {
  const isUnique = Number(rows[0]?.nonUnique) === 0 && rows[0]?.name !== 'PRIMARY';
  return isUnique && rows.every(({ column }) => column !== null);
}

function partialUniques(groups: readonly KeyRow[][]): Pick<TableModel, 'partialUniques'> {
  const partial = groups.filter(
    (rows) => Number(rows[0]!.nonUnique) === 0 && rows.some(({ column }) => column === null),
  );
  if (partial.length === 0) return {};
  return {
    partialUniques: partial.map((rows) => ({
      name: rows[0]!.name,
      definition: `UNIQUE (${rows.map(({ column }) => column ?? '(expression)').join(', ')})`,
    })),
  };
}

function isLookup(rows: readonly KeyRow[]): boolean {
  return !/FULLTEXT|SPATIAL|VECTOR/i.test(rows[0]!.type) && rows[0]!.column !== null;
}

function leadingColumns(rows: readonly KeyRow[]): string[] {
  const end = rows.findIndex(({ column }) => column === null);
  return plainColumns(end === -1 ? rows : rows.slice(0, end));
}

function foreignKeysOf(
  rows: readonly ForeignKeyRow[],
  { database }: MysqlAddress,
): ForeignKeyModel[] {
  return [...groupBy(rows, ({ name }) => name).values()].map((group) => {
    const { name, schema, target, onDelete, onUpdate } = group[0]!;
    const isElsewhere = schema.toLowerCase() !== database.toLowerCase();
    return {
      ...{ name, columns: group.map((row) => row.column) },
      references: {
        ...(isElsewhere && { schema }),
        ...{ table: target, columns: group.map((row) => row.targetColumn) },
      },
      ...(isAction(onDelete) && { onDelete }),
      ...(isAction(onUpdate) && { onUpdate }),
    };
  });
}

/** Takes away foreign keys to tables that are not there to be read: those of other databases. Tells which. */
export function cutForeignKeys(tables: readonly TableModel[]): Skipped[] {
  const names = new Set(tables.map(({ name }) => name.toLowerCase()));
  return tables.flatMap((table) => {
    const isInside = ({ references }: ForeignKeyModel): boolean =>
      references.schema === undefined && names.has(references.table.toLowerCase());
    const outside = table.foreignKeys.filter((key) => !isInside(key));
    table.foreignKeys = table.foreignKeys.filter(isInside);
    return outside.map(({ columns, references }) => ({
      what: `foreign key ${table.name} (${columns.join(', ')})`,
      reason: `it leads to ${[references.schema, references.table].filter(Boolean).join('.')}, which is not read`,
      origin: table.origin,
    }));
  });
}

function isAction(rule: string): boolean {
  return rule !== 'RESTRICT' && rule !== 'NO ACTION';
}

function functionsOf({ routines, parameters }: CatalogueRows): FunctionModel[] {
  return routines.map((routine) => ({
    ...{ name: routine.name, kind: routine.kind === 'PROCEDURE' ? 'procedure' : 'function' },
    volatility: volatility(routine.access, routine.deterministic === 'YES'),
    arguments: parameters
      .filter(({ kind, routine: owner }) => kind === routine.kind && owner === routine.name)
      .map(({ name, mode, type }) => ({
        ...{ name, type: typeFromText(type) },
        ...(mode !== 'IN' && mode !== null && { mode: mode === 'OUT' ? 'out' : 'inout' }),
      })),
    ...(routine.returns && { returns: typeFromText(routine.returns).sql }),
    ...(routine.comment !== '' && { comment: routine.comment }),
  }));
}

function volatility(access: string, isDeterministic: boolean): FunctionModel['volatility'] {
  if (access === 'NO SQL') return isDeterministic ? 'immutable' : 'stable';
  return access === 'READS SQL DATA' ? 'stable' : 'volatile';
}
