/** Counts what a model of a database holds, by the names that the truth of the corpus uses. */
export function countModel({ dialect, tables, enums, domains, functions }) {
  // SQLite lists virtual tables among the others.
  const base = tables.filter(({ kind }) => kind === 'table' || kind === 'virtual table');
  const columns = base.flatMap((table) => table.columns);
  const keys = base.flatMap((table) => table.foreignKeys.map((key) => ({ ...key, table })));
  const count = (list, test) => list.filter(test).length;
  const sum = (list, number) => list.reduce((total, one) => total + number(one), 0);
  return {
    tables: base.length,
    partitioned: count(base, ({ partitioned }) => partitioned),
    partitions: count(base, ({ partitionOf }) => partitionOf),
    columns: columns.length,
    pk: count(base, ({ primaryKey }) => primaryKey),
    compositePk: count(base, ({ primaryKey }) => primaryKey?.length > 1),
    fk: keys.length,
    compositeFk: count(keys, ({ columns: { length } }) => length > 1),
    selfFk: count(
      keys,
      ({ references, table }) =>
        references.table === table.name && references.schema === table.schema,
    ),
    unique: sum(base, ({ uniques, partialUniques = [] }) =>
      dialect === 'postgres'
        ? count(uniques, ({ constraint }) => constraint)
        : uniques.length + partialUniques.length,
    ),
    uniqueIdx: sum(
      base,
      ({ uniques, partialUniques = [], primaryKey }) =>
        uniques.length + partialUniques.length + (primaryKey ? 1 : 0),
    ),
    check: sum(base, ({ checks }) => checks.length),
    enums: enums.length,
    domains: domains.length,
    views: count(tables, ({ kind }) => kind === 'view'),
    matviews: count(tables, ({ kind }) => kind === 'materialized view'),
    functions: functions.length,
    tableComments: count(base, ({ comment }) => comment !== undefined),
    columnComments: count(columns, ({ comment }) => comment !== undefined),
    generated: count(columns, ({ generated }) => generated),
    identity: count(columns, ({ identity }) => identity),
    // PostgreSQL keeps what generates a column as its default.
    defaults: count(
      columns,
      (column) => column.default !== undefined || (dialect === 'postgres' && column.generated),
    ),
    arrays: count(columns, ({ type }) => type.kind === 'array'),
    enumCols: count(columns, ({ type }) => type.kind === 'enum'),
    notNull: count(columns, ({ nullable }) => !nullable),
    rls: count(base, ({ rowLevelSecurity }) => rowLevelSecurity),
    noPk: count(base, ({ primaryKey }) => !primaryKey),
    inherits: count(base, ({ inherits }) => inherits),
    setCols: count(columns, ({ type }) => type.kind === 'set'),
    unsigned: count(columns, ({ type }) => type.unsigned),
    tinyint1: count(columns, ({ type }) => type.sql.startsWith('tinyint(1)')),
    autoInc: count(columns, ({ autoIncrement }) => autoIncrement),
    routines: functions.length,
    ...(dialect !== 'postgres' && { triggers: sum(base, ({ triggers = [] }) => triggers.length) }),
    withoutRowid: count(base, ({ withoutRowid }) => withoutRowid),
    strict: count(base, ({ strict }) => strict),
    virtual: count(base, ({ kind }) => kind === 'virtual table'),
    untyped: count(columns, ({ type }) => type.sql === ''),
    schemas: new Set(base.map(({ schema }) => schema)).size,
  };
}
