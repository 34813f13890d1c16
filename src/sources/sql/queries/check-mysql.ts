import type { SqlColumn, SqlDatabase, SqlTable } from '../../../blueprint/database.js';
import { SqlSyntaxError, type Cursor } from '../cursor.js';
import { parseSelect, type SelectShape, type Source } from '../mysql/parse-select.js';
import { tokenize } from '../mysql/tokens.js';
import type { ColumnKind } from '../model.js';
import type { Token } from '../token.js';
import type { CheckedQuery, QueryProblem } from './checked-query.js';
import { columnFix, tableFix } from './names-fix.js';

/**
 * Reads a statement as far as that goes without a server: tables have to be there, and the columns that are named with one of
 * them. Conditions, functions and everything else only the database knows.
 */
export function checkMysql(text: string, database: SqlDatabase): CheckedQuery | QueryProblem {
  const tokens = tokenize(text, 0, text.length);
  const cursor: Cursor = { tokens, at: 0, source: text };
  try {
    const isRead =
      tokens[0]?.key === 'SELECT' || tokens[0]?.key === 'WITH' || tokens[0]?.key === '(';
    const shape = isRead ? parseSelect(cursor) : undefined;
    const sources = shape ? sourcesOf(shape) : changed(tokens);
    const aliases = new Map<string, SqlTable | undefined>();
    for (const { alias, table, isKnown } of sources) {
      const found = isKnown ? undefined : findTable(database, table);
      if (!isKnown && found === undefined) {
        const fix = tableFix(table, database.tables);
        return { problem: `there is no table ${table}`, fix };
      }
      const key = alias.toLowerCase();
      aliases.set(key, aliases.has(key) && aliases.get(key) !== found ? undefined : found);
    }
    const problem = unknownColumn(tokens, aliases);
    if (problem !== undefined) return problem;
    return {
      parameters: [],
      columns: shape ? columnsOf(shape, aliases) : [],
      runsOnSample: false,
      isPartial: true,
    };
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    return { problem: error.message, ...(error.offset !== undefined && { offset: error.offset }) };
  }
}

type Named = { alias: string; table: string; isKnown: boolean };

function sourcesOf(shape: SelectShape, outer: ReadonlySet<string> = new Set()): Named[] {
  const common = new Set([...outer, ...Object.keys(shape.common)]);
  const own = shape.sources.flatMap((source: Source): Named[] => {
    if (source.derived) {
      return [
        { alias: source.alias, table: '', isKnown: true },
        ...sourcesOf(source.derived, common),
      ];
    }
    const name = source.table?.name ?? '';
    const isKnown =
      source.table === undefined || common.has(name.toLowerCase()) || name.toUpperCase() === 'DUAL';
    return [{ alias: source.alias, table: name, isKnown }];
  });
  const inner = Object.values(shape.common).flatMap(({ derived }) =>
    derived ? sourcesOf(derived, common) : [],
  );
  return [...own, ...inner, ...shape.others.flatMap((other) => sourcesOf(other, common))];
}

/** The table that INSERT, UPDATE, DELETE or REPLACE changes. */
function changed(tokens: readonly Token[]): Named[] {
  const skipped = new Set([
    ...['INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'INTO', 'FROM', 'IGNORE', 'LOW_PRIORITY', 'QUICK'],
  ]);
  const at = tokens.findIndex(({ key }) => !skipped.has(key));
  const qualified = tokens[at + 1]?.key === '.';
  const name = tokens[qualified ? at + 2 : at]?.text ?? '';
  return [{ alias: name, table: name, isKnown: false }];
}

function findTable({ tables }: SqlDatabase, name: string): SqlTable | undefined {
  return Object.values(tables).find((table) => table.name.toLowerCase() === name.toLowerCase());
}

function findColumn({ columns }: SqlTable, name: string): SqlColumn | undefined {
  return Object.entries(columns).find(
    ([shown, { name: real = shown }]) => real.toLowerCase() === name.toLowerCase(),
  )?.[1];
}

/** `alias.column` where the alias is that of one table alone. */
function unknownColumn(
  tokens: readonly Token[],
  aliases: ReadonlyMap<string, SqlTable | undefined>,
): QueryProblem | undefined {
  for (const [index, token] of tokens.entries()) {
    const column = tokens[index + 2];
    if (tokens[index + 1]?.key !== '.' || tokens[index - 1]?.key === '.') continue;
    if (column === undefined || column.key === '*' || tokens[index + 3]?.key === '.') continue;
    const table = aliases.get(token.text.toLowerCase());
    if (table === undefined || findColumn(table, column.text)) continue;
    const fix = columnFix(column.text, { [table.name]: table });
    return {
      problem: `${table.name} has no column ${column.text}`,
      offset: column.start,
      ...(fix !== undefined && { fix }),
    };
  }
  return undefined;
}

function columnsOf(
  { items }: SelectShape,
  aliases: ReadonlyMap<string, SqlTable | undefined>,
): CheckedQuery['columns'] {
  // What a star stands for is not told: any column may be there.
  if (items.some(({ star }) => star)) return [];
  return items.flatMap((item) => {
    if (item.star) return [];
    const [column, qualifier] = [...(item.reference ?? [])].reverse();
    const table = qualifier === undefined ? undefined : aliases.get(qualifier.toLowerCase());
    const found = table && column !== undefined ? findColumn(table, column) : undefined;
    return [{ name: item.name, type: found && { kind: found.kind as ColumnKind } }];
  });
}
