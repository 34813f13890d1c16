import { MASK } from '../cells.js';
import { quoteName } from '../dialects/quoting.js';
import type { SqlSession } from '../driver.js';
import type { NamedTable } from '../names.js';
import { UserInputError } from '../../calls/user-input-error.js';
import { findExposed } from './exposed.js';
import { ofGuardedSize, type Guard } from './guard.js';
import { maskedAmong } from './masked.js';
import { checkProgram } from './sqlite/check-program.js';
import { BEFORE_GROUP, FUNCTIONS, REFUSED, TABLE_FUNCTIONS } from './sqlite/words.js';
import { sqliteLexical } from './sqlite/lexical.js';
import { tokenize } from './text/lexer.js';
import { oneSelect } from './text/one-select.js';
import { readTables } from './text/read-tables.js';
import { notAllowed, written } from './text/token.js';

const quote = (name: string): string => quoteName(name, '"');
const OF_SYSTEM = /^(?:sqlite_|pragma_|dbstat$)/i;

/**
 * One SELECT by a tokenizer of our own, written out anew, each table replaced by a subselect of its visible columns; then the
 * program that SQLite makes of it is looked at: it may open no other table.
 */
export const guard: Guard = async ({ sql, parameters, database }, session) => {
  const statement = oneSelect(tokenize(sql, sqliteLexical), parameters);
  if (statement.some(({ key }) => key === 'MATCH')) await checkMatch(session);
  const { tokens, tables, usesTableFunction, isNamed } = readTables(statement, {
    quote,
    isSchema: (name) => name === 'main',
    find: (schema, name) => {
      if (OF_SYSTEM.test(name)) {
        throw new UserInputError(
          `${name} cannot be read: the catalogue of the database is closed.`,
        );
      }
      if (schema !== undefined && schema.toLowerCase() !== 'main') throw notAllowed(`${schema}.`);
      return findExposed(database, { name }, { ignoreCase: true });
    },
    subselect,
    functions: new Set([
      ...FUNCTIONS,
      ...(database.functions ?? []).map((name) => name.toUpperCase()),
    ]),
    tableFunctions: TABLE_FUNCTIONS,
    beforeGroup: BEFORE_GROUP,
    refused: REFUSED,
    hasTablesAfterIn: true,
    isRecursive: (name) =>
      !Object.values(database.tables).some((table) => isSame(table.name, name)) &&
      !Object.keys(database.tables).some((known) => isSame(known, name)),
  });
  const text = ofGuardedSize(written(tokens));
  const values = Array.from({ length: parameters }, () => null);
  await checkProgram(
    session,
    { text, values },
    { tables: tables.map(subselect), usesTableFunction },
  );
  return {
    masked: maskedAmong(tables, isNamed),
    texts: (rows) => [`SELECT * FROM (${text}) LIMIT ${Math.trunc(rows)}`],
    explain: `EXPLAIN QUERY PLAN ${text}`,
  };
};

const OLD_INDEXES = `SELECT 1 FROM main.sqlite_master WHERE sql LIKE '%fts3%' OR sql LIKE '%fts4%' LIMIT 1`;

/** `title MATCH 'secret: x'` looks into another column, whatever a subselect shows: in FTS3 and FTS4, not in FTS5. */
async function checkMatch(session: SqlSession): Promise<void> {
  const { rows } = await session.run({ text: OLD_INDEXES, values: [] });
  if (rows.length > 0) throw notAllowed('MATCH beside tables of FTS3 or FTS4');
}

function subselect({ table: { name, columns } }: NamedTable): string {
  const list = Object.entries(columns).map(([shown, { name: real = shown, masked }]) =>
    masked ? `'${MASK}' AS ${quote(shown)}` : `${quote(real)} AS ${quote(shown)}`,
  );
  return `(SELECT ${list.join(', ')} FROM main.${quote(name)})`;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
