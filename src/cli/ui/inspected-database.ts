import type { SqlSource, SqlTable } from '../../blueprint/database.js';
import { oneLine } from '../../diagnostics/visible.js';
import { plural } from './report-skipped.js';
import { wrapped } from './wrapped.js';

/** Tables that are shown; all of them are in --json. */
const MAX_TABLES = 60;

const PROFILES = ['typed', 'hybrid', 'generic'] as const;

/** What a database consists of for callers, and what its tools cost in each profile. */
export function databaseLines({ database, profile }: SqlSource, width: number): string[] {
  const tables = Object.entries(database.tables);
  const views = tables.filter(([, { isView }]) => isView).length;
  const counts = [
    plural(tables.length - views, 'table'),
    ...(views > 0 ? [plural(views, 'view')] : []),
    plural(
      sum(tables, ({ columns }) => Object.keys(columns).length),
      'column',
    ),
    plural(
      sum(tables, ({ relations = {} }) => Object.keys(relations).length),
      'relation',
    ),
  ];
  const costs = PROFILES.map((name) => {
    const { tools, tokens } = profile.costs[name];
    const mark = name === profile.name ? ' (chosen)' : '';
    return `  ${name.padEnd(8)} ${plural(tools, 'tool')}, about ${plural(tokens, 'token')}${mark}`;
  });
  const more = tables.length - MAX_TABLES;
  const isOfMany = new Set(tables.map(([, { schema }]) => schema)).size > 1;
  return [
    '',
    `database ${database.id} (${database.dialect}): ${counts.join(', ')}`,
    '  profiles, and what listing their tools costs before their results are described:',
    ...costs.map((line) => `  ${line}`),
    ...tables
      .slice(0, MAX_TABLES)
      .flatMap(([name, table]) => tableLines(name, table, { width, isOfMany })),
    ...(more > 0 ? [`  ${plural(more, 'more table')}; --json has all of them`] : []),
  ];
}

function tableLines(
  name: string,
  table: SqlTable,
  { width, isOfMany }: { width: number; isOfMany: boolean },
): string[] {
  const { schema, isView, columns, key, uniques = [], relations = {}, writes = [] } = table;
  const facts = [
    ...(isOfMany && schema !== undefined ? [`in ${schema}`] : []),
    ...(isView ? ['view'] : []),
    plural(Object.keys(columns).length, 'column'),
    key === undefined ? 'no key' : `key ${key.join(', ')}`,
    ...uniques.map((unique) => `unique ${unique.join(', ')}`),
    ...writes,
  ];
  const targets = Object.keys(relations);
  const text = `${name} (${facts.join(', ')})${targets.length > 0 ? ` → ${targets.join(', ')}` : ''}`;
  return wrapped(oneLine(text).split(' '), width - 6).map(
    (line, index) => `${index === 0 ? '  ' : '      '}${line}`,
  );
}

/** The same as data. */
export function databaseJson({ id, database, profile }: SqlSource): object {
  return {
    id,
    dialect: database.dialect,
    profile: profile.name,
    costs: profile.costs,
    tables: Object.entries(database.tables).map(([name, table]) => ({
      name,
      view: table.isView === true,
      columns: Object.keys(table.columns).length,
      masked: Object.entries(table.columns).flatMap(([column, { masked }]) =>
        masked ? [column] : [],
      ),
      key: table.key ?? [],
      uniques: table.uniques ?? [],
      relations: Object.entries(table.relations ?? {}).map(([relation, target]) => ({
        name: relation,
        table: target.table,
        columns: target.columns.map(([own]) => own),
        many: target.many === true,
      })),
      writes: table.writes ?? [],
    })),
  };
}

function sum(tables: [string, SqlTable][], count: (table: SqlTable) => number): number {
  return tables.reduce((total, [, table]) => total + count(table), 0);
}
