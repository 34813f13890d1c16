import type { Skipped } from '../../../blueprint/types.js';
import type { TableModel } from '../model.js';
import type { CatalogueRows } from './live-queries.js';
import { readMysql } from './read-mysql.js';

type Ask = <Row>(sql: string) => Promise<Row[]>;

/**
 * Whether information_schema kept constraints back: it shows them to users who may do more than SELECT, and a user for reading
 * is who should be asking.
 */
export function hidesConstraints({ tables, open }: CatalogueRows): boolean {
  const seen = new Set(open.map(({ name }) => name));
  return tables.some(({ name, type }) => type === 'BASE TABLE' && !seen.has(name));
}

/** Completes tables with the foreign keys and checks that SHOW CREATE TABLE tells every user. Tells what it does not. */
export async function addHiddenConstraints(
  tables: readonly TableModel[],
  ask: Ask,
): Promise<Skipped[]> {
  const skipped: Skipped[] = [];
  const files: { path: string; text: string }[] = [];
  for (const { name, kind, origin } of tables) {
    if (kind !== 'table') continue;
    try {
      const [row] = await ask<Record<string, string>>(
        `SHOW CREATE TABLE \`${name.replaceAll('`', '``')}\``,
      );
      files.push({ path: origin.file, text: `${row?.['Create Table'] ?? ''};` });
    } catch (error) {
      const { errno, message } = error as { errno?: number; message: string };
      if (errno === undefined) throw error;
      skipped.push({ what: `constraints of table ${name}`, reason: message, origin });
    }
  }
  const { model } = readMysql(files);
  const declared = new Map(model.tables.map((table) => [table.name, table]));
  for (const table of tables) {
    const found = declared.get(table.name);
    if (!found || table.foreignKeys.length > 0) continue;
    table.foreignKeys = found.foreignKeys;
    if (table.checks.length > 0) continue;
    table.checks = found.checks;
    for (const column of table.columns) {
      const same = found.columns.find(({ name }) => name === column.name);
      if (same?.type.kind === 'json') column.type = { ...column.type, kind: 'json' };
    }
  }
  return skipped;
}
