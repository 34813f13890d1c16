import type { SqlColumn, SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import { modelText } from '../../../blueprint/model-text.js';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { closest } from '../../../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../../../diagnostics/diagnostic.js';
import { DATABASE_URL } from '../../manifest/database-variable.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { ColumnModel, DatabaseModel, Dialect, TableModel } from '../model.js';
import { facetsOf } from '../read-checks/column-facets.js';
import { accessOf } from './access.js';
import { columnNames } from './caller-names.js';
import { columnPolicies, type Decision } from './column-policy.js';
import { databaseFindings } from './findings.js';
import { limitsOf } from './limits.js';
import { namesOf, patternList } from './patterns.js';
import { relationsOf, type Exposed } from './relations.js';
import { selectTables } from './select-tables.js';
import { addressOf, claimsOf } from './settings.js';

/** What callers see of a database, and for each table what it was read as. */
export type Exposure = {
  database: SqlDatabase;
  /** By the name for callers. */
  models: ReadonlyMap<string, TableModel>;
  findings: Diagnostic[];
};

const MAX_DESCRIPTION = 600;

/**
 * Decides what of a database callers see and what it is called: selected tables, the policy of each column, keys, relations
 * and rights. Read-only unless mcp.yaml says otherwise. `variable` holds the address where mcp.yaml names none. Throws an
 * InputError (MCP848) when nothing is left.
 */
export function exposeDatabase(
  id: string,
  model: DatabaseModel,
  entry: SqlEntry,
  variable = DATABASE_URL,
): Exposure {
  const selected = selectTables(model, entry);
  const policies = columnPolicies(entry.columns, model.tables);
  const findings: Diagnostic[] = [...selected.findings];
  const hidden = new Set<TableModel>();
  const shown = selected.tables.flatMap(({ name, table }) => {
    const columns = table.columns.flatMap((column) => {
      const decision = policies.policyOf(table, column);
      const { policy } = decision;
      findings.push(...closedFindings(name, table, column, decision));
      if (policy === 'hidden' || policy === 'masked') hidden.add(table);
      return policy === 'hidden' ? [] : [{ column, policy }];
    });
    return columns.length === 0 ? [] : [{ name, table, columns }];
  });
  if (shown.length === 0) {
    throw new InputError([diagnostic('MCP848', { what: entry.sql })]);
  }
  refuseUnknownColumns(policies.unused(), model);
  findings.push(...unusedFindings('columns', policies.unused()), ...unusedTyped(entry, shown));

  const callers = shown.map(({ columns }) => columnNames(columns.map(({ column }) => column)));
  const exposed = shown.map(({ name, table, columns }, index): Exposed => ({
    name,
    model: table,
    columns: new Map(
      columns
        .filter(({ policy }) => policy !== 'masked')
        .map(({ column }) => [column.name, callers[index]!.get(column.name)!]),
    ),
  }));
  const relations = relationsOf(exposed);
  const access = accessOf(entry.access, shown);
  const tables = shown.map(({ name, table, columns }, index): [string, SqlTable] => {
    const { columns: names } = exposed[index]!;
    const keys = keysOf(table, names);
    const description = modelText(table.comment ?? '', MAX_DESCRIPTION);
    const related = relations.get(name) ?? {};
    const writable = new Set(
      columns.filter(({ policy }) => policy === 'shown').map(({ column }) => column.name),
    );
    const writes = access.writesOf(name, table, keys.key !== undefined, (column) =>
      writable.has(column),
    );
    return [
      name,
      {
        ...(table.schema !== undefined && { schema: table.schema }),
        name: table.name,
        ...(description !== '' && { description }),
        ...(table.kind.includes('view') && { isView: true as const }),
        columns: Object.fromEntries(
          columns.map(({ column, policy }) => {
            const shownName = callers[index]!.get(column.name)!;
            const listed = listedValues(table, column, model.dialect);
            return [shownName, shownColumn(column, policy, { shownName, listed })];
          }),
        ),
        ...keys,
        ...(Object.keys(related).length > 0 && { relations: related }),
        ...(writes.length > 0 && { writes }),
      },
    ];
  });
  findings.push(...access.findings);
  const database: SqlDatabase = {
    id,
    dialect: model.dialect,
    ...addressOf(entry, { id, dialect: model.dialect, variable }),
    tables: Object.fromEntries(tables),
    limits: limitsOf(entry.limits),
    ...(entry.whenUnavailable === 'hide' && { whenUnavailable: 'hide' }),
    ...claimsOf(id, entry),
    ...(entry.query && entry.functions && { functions: entry.functions }),
  };
  findings.push(...viewFindings(shown, hidden));
  const models = new Map(shown.map(({ name, table }) => [name, table]));
  findings.push(...databaseFindings(database, models));
  return { database, models, findings };
}

/** All values of a text that a check bounds to them. */
function listedValues(table: TableModel, { name, type }: ColumnModel, dialect: Dialect) {
  const values = type.kind === 'text' ? facetsOf(table, name, dialect).enum : undefined;
  return values?.every((value) => typeof value === 'string') ? (values as string[]) : undefined;
}

function shownColumn(
  column: ColumnModel,
  policy: string,
  { shownName, listed }: { shownName: string; listed: string[] | undefined },
): SqlColumn {
  const { name, type, nullable, comment } = column;
  const description = modelText(comment ?? '', MAX_DESCRIPTION);
  const isFixed = column.generated !== undefined || column.identity === 'always';
  const hasDefault =
    column.default !== undefined || column.identity !== undefined || column.autoIncrement === true;
  return {
    ...(shownName !== name && { name }),
    kind: type.kind,
    type:
      type.enumName !== undefined && type.kind === 'enum' ? type.sql : (type.domain ?? type.sql),
    ...(type.element && { element: type.element.kind }),
    ...(nullable && { nullable: true as const }),
    // What a masked column may hold is not told either.
    ...(policy !== 'masked' && (type.values ?? listed) && { values: type.values ?? listed! }),
    ...(description !== '' && { description }),
    ...(hasDefault && { hasDefault: true as const }),
    ...((isFixed || policy === 'read-only') && { readOnly: true as const }),
    ...(policy === 'masked' && { masked: true as const }),
  };
}

/**
 * The key by which rows are known, and others by which one is found: only of columns that callers see as they are. Any number of
 * rows may have null in a unique key, so that one with such columns finds a row by values, but does not know every row.
 */
function keysOf(
  { primaryKey, uniques, columns, kind }: TableModel,
  names: ReadonlyMap<string, string>,
): Pick<SqlTable, 'key' | 'uniques'> {
  if (kind.includes('view')) return {};
  const isNullable = new Map(columns.map(({ name, nullable }) => [name, nullable]));
  const seen = (key: readonly string[]) => key.length > 0 && key.every((name) => names.has(name));
  const isStrict = (key: readonly string[]) =>
    key === primaryKey || key.every((name) => !isNullable.get(name));
  const all = distinct([primaryKey ?? [], ...uniques.map((unique) => unique.columns)].filter(seen));
  const key = all.find(isStrict);
  if (key === undefined) return {};
  const others = all.filter((one) => one !== key);
  const shown = (columnNames: string[]) => columnNames.map((name) => names.get(name)!);
  return { key: shown(key), ...(others.length > 0 && { uniques: others.map(shown) }) };
}

/** The first of those over the same columns. */
function distinct(keys: string[][]): string[][] {
  const kinds = keys.map((key) => [...key].sort().join('\0'));
  return keys.filter((_, index) => kinds.indexOf(kinds[index]!) === index);
}

function closedFindings(
  name: string,
  table: TableModel,
  column: ColumnModel,
  { policy, isGuess, because }: Decision,
): Diagnostic[] {
  const at = { origin: column.origin ?? table.origin };
  const full = `${name}.${column.name}`;
  if (isGuess) return [diagnostic('MCP841', { column: full, policy }, at)];
  if (because === undefined) return [];
  const isKnown = column.madeOf !== undefined;
  return [diagnostic('MCP853', { column: full, source: because, policy, isKnown }, at)];
}

/** Where nothing is hidden or masked views hold no surprise, nor where all of their columns are known by what they show. */
function viewFindings(
  shown: readonly { name: string; table: TableModel }[],
  hidden: ReadonlySet<TableModel>,
): Diagnostic[] {
  if (![...hidden].some(({ kind }) => kind === 'table')) return [];
  return shown
    .filter(({ table }) => table.kind.includes('view'))
    .filter(({ table }) => table.columns.some(({ shows, showsOther }) => !shows || showsOther))
    .map(({ name, table }) => diagnostic('MCP852', { view: name }, { origin: table.origin }));
}

/** A mistyped name would show what was to be hidden, so it is an error; a pattern may have nothing to hide yet. */
function refuseUnknownColumns(unused: readonly string[], { tables }: DatabaseModel): void {
  const exact = unused.filter((pattern) => !pattern.includes('*'));
  if (exact.length === 0) return;
  const known = tables.flatMap((table) =>
    namesOf(table).flatMap((name) => table.columns.map((column) => `${name}.${column.name}`)),
  );
  throw new InputError(
    exact.map((pattern) => {
      const suggestion = closest(pattern, known);
      return diagnostic('MCP851', { pattern, ...(suggestion !== undefined && { suggestion }) });
    }),
  );
}

function unusedTyped({ typed }: SqlEntry, shown: readonly { name: string; table: TableModel }[]) {
  const list = patternList(typed ?? []);
  for (const { name, table } of shown) list.matches([name, ...namesOf(table)]);
  return unusedFindings('typed', list.unused());
}

function unusedFindings(list: string, patterns: readonly string[]): Diagnostic[] {
  return patterns.map((pattern) => diagnostic('MCP843', { list, pattern }));
}
