import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic, Origin } from '../../../diagnostics/diagnostic.js';
import type { Skipped } from '../../../blueprint/types.js';
import { cutDownParts } from '../cut-down-parts.js';
import type { DatabaseReading, SourceFile } from '../model.js';
import { sortTables } from '../sort-tables.js';
import { createPositions } from '../positions.js';
import { emptyCatalogue } from './catalogue.js';
import type { Catalogue } from './catalogue.js';
import { isNext, SqlSyntaxError } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import type { Place } from './draft.js';
import { finishTable } from './finish.js';
import { runStatement, SHAPING } from './run-statement.js';
import { splitStatements } from './split-statements.js';
import type { Statement } from './split-statements.js';
import { tokenize } from './tokens.js';
import type { Token } from '../token.js';

export type MysqlOptions = {
  /** Whether `REFERENCES` behind a column makes a foreign key: MariaDB since 10.5 and MySQL since 9.0, true unless given. */
  inlineReferences?: boolean;
};

/**
 * Reads MySQL and MariaDB scripts: dumps, migrations in their order, hand-written schemas. Statements are carried out one by
 * one on a catalogue of our own; what fails is left out and reported, rows and settings are passed over.
 */
export function readMysql(
  sources: readonly SourceFile[],
  options: MysqlOptions = {},
): DatabaseReading {
  const files = sources.map(({ path, text }) => ({ path, text: cutDownParts(text) }));
  const catalogue = emptyCatalogue();
  const skipped: Skipped[] = [];
  const findings: Diagnostic[] = [];
  const positions = files.map(({ text }) => createPositions(text));
  const originOf = ({ file, offset }: Place): Origin => ({
    ...{ file: files[file]!.path, path: [], position: positions[file]!(offset) },
  });
  const lose = (what: string, reason: string, place: Place): void => {
    skipped.push({ what, reason, origin: originOf(place) });
  };
  const inlineReferences = options.inlineReferences ?? true;
  const placeholders = new Map<string, Place>();

  files.forEach(({ text }, file) => {
    const placeOf = (offset: number): Place => ({ file, offset });
    for (const statement of splitStatements(text)) {
      if (statement.unclosed !== undefined) {
        const words = titleOf({ tokens: headOf(text, statement), at: 0, source: text });
        lose(words, 'a quote that begins here is never closed', placeOf(statement.unclosed));
        continue;
      }
      if (!isShaping(text, statement)) continue;
      const cursor: Cursor = {
        tokens: tokenize(text, statement.start, statement.end),
        at: 0,
        source: text,
      };
      for (const { placeholder, start } of isNext(cursor, 'USE') ? [] : cursor.tokens) {
        if (placeholder !== undefined && !placeholders.has(placeholder))
          placeholders.set(placeholder, placeOf(start));
      }
      const place = placeOf(statement.start);
      const rules = { place: placeOf, inlineReferences };
      try {
        refuseDepth(cursor);
        runStatement({ catalogue, cursor, rules, place, lose });
      } catch (error) {
        if (!(error instanceof SqlSyntaxError)) throw error;
        lose(titleOf(cursor), error.message, placeOf(error.offset ?? statement.start));
      }
    }
  });

  for (const [placeholder, place] of placeholders)
    findings.push(diagnostic('MCP821', { placeholder }, { origin: originOf(place) }));
  const database = mainDatabase(catalogue);
  const tables = [...catalogue.tables].flatMap(
    (table) => finishTable(table, { catalogue, database, originOf, lose }) ?? [],
  );
  const functions = catalogue.routines
    .map(({ database: schema, ...routine }) => ({
      ...(schema !== database && { schema }),
      ...routine,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const model = {
    dialect: 'mysql' as const,
    tables: sortTables(tables),
    enums: [],
    domains: [],
    functions,
  };
  return { model, skipped, findings };
}

/** Looks at the first word only, so that megabytes of rows cost nothing more than finding their end. */
function isShaping(text: string, statement: Statement): boolean {
  const [first] = headOf(text, statement);
  return first !== undefined && SHAPING.has(first.key);
}

function headOf(text: string, { start, end }: Statement): Token[] {
  return tokenize(text, start, Math.min(end, start + 40)).slice(0, 3);
}

/** Far above what people write, and far below what the stack bears. */
const MAX_DEPTH = 200;

function refuseDepth({ tokens }: Cursor): void {
  let depth = 0;
  for (const { key, start } of tokens) {
    if (key === '(') depth += 1;
    if (key === ')') depth -= 1;
    if (depth > MAX_DEPTH)
      throw new SqlSyntaxError(`it is nested more than ${MAX_DEPTH} levels deep`, start);
  }
}

/** The first words of a statement: `CREATE TABLE shop.orders`. */
function titleOf({ tokens, source }: Cursor): string {
  const end = tokens.findIndex(({ key }) => key === '(' || key === 'AS');
  const head = tokens.slice(0, Math.min(end === -1 ? 8 : end, 8));
  const first = head[0];
  if (!first) return 'statement';
  const text = source.slice(first.start, head[head.length - 1]!.end).replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The one with most tables; scripts that name none, and those that name one only, have one. */
function mainDatabase({ tables }: Catalogue): string {
  const counts = new Map<string, number>();
  for (const { database } of tables) counts.set(database, (counts.get(database) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? '';
}
