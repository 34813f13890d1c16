import type { SqlDatabase } from '../../../blueprint/database.js';
import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { TableModel } from '../model.js';

/** What of a schema makes a server worse than it could be. */
export function databaseFindings(
  { tables }: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): Diagnostic[] {
  return Object.entries(tables).flatMap(([name, table]) => {
    const model = models.get(name)!;
    const { origin } = model;
    const noKey =
      table.key === undefined && model.kind === 'table'
        ? [diagnostic('MCP840', { table: name }, { origin })]
        : [];
    return [...noKey, ...unindexed(name, model)];
  });
}

function unindexed(name: string, model: TableModel): Diagnostic[] {
  const { foreignKeys, indexes, primaryKey = [], uniques, origin } = model;
  const leading = [
    primaryKey,
    ...uniques.map(({ columns }) => columns),
    ...indexes.map(({ columns }) => columns),
  ];
  return foreignKeys
    .filter(({ columns }) => !leading.some((index) => startsWith(index, columns)))
    .map(({ columns, references }) =>
      diagnostic(
        'MCP842',
        { table: name, columns: columns.join(', '), target: references.table },
        { origin },
      ),
    );
}

/** An index serves a set of columns that it begins with, in any order. */
function startsWith(index: readonly string[], columns: readonly string[]): boolean {
  const head = index.slice(0, columns.length);
  return head.length === columns.length && columns.every((column) => head.includes(column));
}
