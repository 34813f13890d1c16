import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { DatabaseModel, TableModel } from '../model.js';
import { callerName } from './caller-names.js';
import { namesOf, patternList, similar } from './patterns.js';

export type SelectedTable = { name: string; table: TableModel };

/**
 * The tables and views that mcp.yaml asks for, with the names that callers use: the plain one where only one table has it, else
 * `schema.table`. Parts of a partitioned table are reached through it alone.
 */
export function selectTables(
  model: DatabaseModel,
  entry: Pick<SqlEntry, 'schemas' | 'include' | 'exclude'>,
): { tables: SelectedTable[]; findings: Diagnostic[] } {
  const schemas = entry.schemas && patternList(entry.schemas);
  const include = entry.include && patternList(entry.include);
  const exclude = patternList(entry.exclude ?? []);
  const whole = model.tables.filter(({ partitionOf }) => partitionOf === undefined);
  const chosen = whole.filter((table) => {
    const names = namesOf(table);
    if (schemas && !schemas.matches([table.schema ?? ''])) return false;
    const isIn = include?.matches(names) ?? true;
    return isIn && !exclude.matches(names);
  });
  const known = whole.flatMap(namesOf);
  const findings = [
    ...unused(
      'schemas',
      schemas?.unused() ?? [],
      whole.map(({ schema }) => schema ?? ''),
    ),
    ...unused('include', include?.unused() ?? [], known),
    ...unused('exclude', exclude.unused(), known),
  ];
  return { tables: named(chosen, model.defaultSchema), findings };
}

function named(tables: readonly TableModel[], defaultSchema: string | undefined): SelectedTable[] {
  const counts = new Map<string, number>();
  for (const { name } of tables) {
    const key = callerName(name, 'table').toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const taken = new Set<string>();
  return tables.map((table) => {
    const plain = callerName(table.name, 'table');
    const isAlone = counts.get(plain.toLowerCase()) === 1;
    const isDefault = table.schema === undefined || table.schema === defaultSchema;
    let name =
      isAlone || isDefault ? plain : `${callerName(table.schema ?? '', 'schema')}.${plain}`;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) {
      name = `${plain}_${count}`;
    }
    taken.add(name.toLowerCase());
    return { name, table };
  });
}

function unused(list: string, patterns: readonly string[], known: readonly string[]): Diagnostic[] {
  return patterns.map((pattern) => {
    const suggestion = similar(pattern, known);
    return diagnostic('MCP843', { list, pattern, ...(suggestion !== undefined && { suggestion }) });
  });
}
