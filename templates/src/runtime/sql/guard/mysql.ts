import { UserInputError } from '../../calls/user-input-error.js';
import { MASK } from '../cells.js';
import { quoteName } from '../dialects/quoting.js';
import type { SqlSession } from '../driver.js';
import type { NamedTable } from '../names.js';
import { findExposed } from './exposed.js';
import { ofGuardedSize, type Guard } from './guard.js';
import { anyView, maskedAmong } from './masked.js';
import { mysqlLexical } from './mysql/lexical.js';
import { BEFORE_GROUP, FUNCTIONS, REFUSED, TABLE_FUNCTIONS } from './mysql/words.js';
import { tokenize } from './text/lexer.js';
import { oneSelect } from './text/one-select.js';
import { readTables } from './text/read-tables.js';
import { written } from './text/token.js';

const quote = (name: string): string => quoteName(name, '`');

/**
 * One SELECT by a tokenizer of our own, written out anew so that no setting of the server changes what it means, each table
 * replaced by a subselect of its visible columns. The boundary is an account that may only SELECT, as in grants/: a transaction
 * that reads stops neither files nor DDL here.
 */
export const guard: Guard = async ({ sql, parameters, database }, session) => {
  const { modes, current } = await readSession(session);
  if (modes.has('ORACLE'))
    throw new UserInputError('This server takes no statements in ORACLE mode.');
  const lexical = mysqlLexical({
    ansiQuotes: modes.has('ANSI_QUOTES'),
    noEscapes: modes.has('NO_BACKSLASH_ESCAPES'),
  });
  const statement = oneSelect(tokenize(sql, lexical), parameters);
  const schemas = new Set(
    Object.values(database.tables).map(({ schema = current }) => schema.toLowerCase()),
  );
  const { tokens, tables, top, isNamed } = readTables(statement, {
    quote,
    isSchema: (name) => schemas.has(name),
    find: (schema, name) =>
      findExposed(database, { schema, name }, { ignoreCase: true, defaultSchema: current }),
    subselect,
    functions: new Set([
      ...FUNCTIONS,
      ...(database.functions ?? []).map((name) => name.toUpperCase()),
    ]),
    tableFunctions: TABLE_FUNCTIONS,
    beforeGroup: BEFORE_GROUP,
    refused: REFUSED,
    hasTablesAfterIn: false,
    dual: 'DUAL',
  });
  const text = ofGuardedSize(written(tokens));
  return {
    masked: maskedAmong(tables, isNamed),
    texts: (rows) => {
      const most = Math.trunc(rows);
      // Without a limit of its own, a derived table has no order.
      const inner = top.has('LIMIT') || top.has('FETCH') ? text : `${text} LIMIT ${most}`;
      return [`SELECT * FROM (${inner}) AS ${quote('query')} LIMIT ${most}`, inner];
    },
    readsViews: anyView(tables),
    explain: `EXPLAIN FORMAT=JSON ${text}`,
  };
};

async function readSession(
  session: SqlSession,
): Promise<{ modes: ReadonlySet<string>; current: string }> {
  const text = 'SELECT @@SESSION.sql_mode, DATABASE()';
  const [row = []] = (await session.run({ text, values: [] })).rows;
  return { modes: new Set(String(row[0]).split(',')), current: String(row[1]) };
}

function subselect({ table: { schema, name, columns } }: NamedTable): string {
  const list = Object.entries(columns).map(([shown, { name: real = shown, masked }]) =>
    masked ? `'${MASK}' AS ${quote(shown)}` : `${quote(real)} AS ${quote(shown)}`,
  );
  const path = schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`;
  return `(SELECT ${list.join(', ')} FROM ${path})`;
}
