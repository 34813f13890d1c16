import { UserInputError } from '../../../calls/user-input-error.js';
import type { NamedTable } from '../../names.js';
import { shown } from '../../names.js';
import { isName, literally, notAllowed, unreadable, type Token } from './token.js';

/** What differs between the dialects that are read in this way. */
export type TextDialect = {
  quote: (name: string) => string;
  /** The table that is meant. Throws UserInputError. */
  find: (schema: string | undefined, name: string) => NamedTable;
  /** Names that may stand before that of a table, in lower case. */
  isSchema: (name: string) => boolean;
  /** What stands for a table: a subselect of its visible columns, in parentheses. */
  subselect: (table: NamedTable) => string;
  /** In upper case. */
  functions: ReadonlySet<string>;
  tableFunctions: ReadonlySet<string>;
  /** Words that may stand before a parenthesis and call nothing. */
  beforeGroup: ReadonlySet<string>;
  /** Words that have no place in a read, wherever they stand. */
  refused: ReadonlySet<string>;
  /** A common table expression knows itself without RECURSIVE, unless there is a table of its name. */
  isRecursive?: (name: string) => boolean;
  /** `x IN table` */
  hasTablesAfterIn: boolean;
  /** The table that is none. */
  dual?: string;
};

export type ReadStatement = {
  tokens: Token[];
  tables: NamedTable[];
  /** Words at the top level, such as LIMIT. */
  top: ReadonlySet<string>;
  usesTableFunction: boolean;
  /** Whether the statement may speak of a column of that name. */
  isNamed: (column: string) => boolean;
};

/** One pair of parentheses, or the whole. `expectsTable`: what comes next after FROM is a table. */
type Level = { clause: 'other' | 'select' | 'from'; expectsTable: boolean };
type Commons = ReadonlyMap<string, string>;

/** Words after a table that are not its alias. */
const AFTER_TABLE = new Set(
  (
    'JOIN INNER LEFT RIGHT CROSS NATURAL FULL OUTER STRAIGHT_JOIN ON USING WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT ' +
    'INTERSECT MINUS WINDOW FOR LOCK PARTITION USE FORCE IGNORE INDEXED NOT OFFSET FETCH'
  ).split(' '),
);
/** Reserved by every server, so that none takes one of them for an alias and goes on with its list of tables. */
const ENDS_FROM = new Set(['WHERE', 'GROUP', 'HAVING', 'ORDER', 'LIMIT']);
const JOINS = new Set(['JOIN', 'STRAIGHT_JOIN']);
const MAX_DEPTH = 100;

/**
 * Finds every place where a table can stand in a SELECT, replaces it by a subselect of its visible columns, and refuses what is
 * no exposed table. Tables stand after FROM, JOIN and the commas between them, nowhere else; where it cannot be told whether
 * such a list has ended, it has not. Common table expressions get names that no table has. Throws UserInputError.
 */
export function readTables(tokens: readonly Token[], dialect: TextDialect): ReadStatement {
  const output: Token[] = [];
  const tables: NamedTable[] = [];
  const top = new Set<string>();
  let at = 0;
  let commonCount = 0;
  let usesTableFunction = false;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const keyAt = (ahead = 0): string => tokens[at + ahead]?.key ?? '';
  const copy = (): void => {
    const token = tokens[at];
    if (token) output.push(token);
    at += 1;
  };
  const expect = (key: string): void => {
    if (keyAt() !== key) throw unreadable(`${key} is expected after ${wordsBefore(tokens, at)}`);
    copy();
  };

  const group = (level: Level, commons: Commons, depth: number): void => {
    if (depth > MAX_DEPTH) throw unreadable('it is nested too deep');
    const known = keyAt() === 'WITH' ? readCommons(commons, depth) : commons;
    for (let token = peek(); token !== undefined; token = peek()) {
      if (token.key === ')') return;
      if (depth === 0) top.add(token.key);
      step(token, level, known, depth);
    }
  };

  const step = (token: Token, level: Level, commons: Commons, depth: number): void => {
    const { key } = token;
    if (key === ';') throw new UserInputError('Only one statement can be run at a time.');
    if (key === '(') {
      copy();
      const inner: Level = {
        clause: level.expectsTable ? 'from' : 'other',
        expectsTable: level.expectsTable,
      };
      level.expectsTable = false;
      group(inner, commons, depth + 1);
      return expect(')');
    }
    if (key === ',' && level.clause === 'from') {
      level.expectsTable = true;
      return copy();
    }
    const isMember = tokens[at - 1]?.key === '.';
    if (isMember && isName(token)) return member(token);
    if (token.kind === 'word' && dialect.refused.has(key)) throw notAllowed(key);
    if (key === 'FOR' && (keyAt(1) === 'SHARE' || keyAt(-1) === 'VALUE')) throw notAllowed('FOR');
    if (key === 'SELECT') return enter(level, 'select', false);
    if (key === 'FROM' && level.clause === 'select' && !isComparison())
      return enter(level, 'from', true);
    if (JOINS.has(key) && level.clause === 'from') return enter(level, 'from', true);
    if (ENDS_FROM.has(key) && level.clause === 'from') return enter(level, 'other', false);
    if (level.expectsTable && key === 'LATERAL') return copy();
    const isList = key === 'VALUES' && keyAt(-1) === '(';
    if (level.expectsTable && isList) return enter(level, 'other', false);
    if (level.expectsTable && isName(token)) return table(level, commons, depth);
    if (level.expectsTable)
      throw unreadable(`a table is expected after ${wordsBefore(tokens, at)}`);
    if (key === 'IN' && keyAt(1) !== '(' && dialect.hasTablesAfterIn)
      throw notAllowed('IN without a list or a SELECT');
    if (isName(token) && keyAt(1) === '(') return call(token, level, commons, depth);
    if (isName(token) && keyAt(1) === '.' && keyAt(3) === '.') return fullColumn();
    copy();
  };

  const enter = (level: Level, clause: Level['clause'], expectsTable: boolean): void => {
    Object.assign(level, { clause, expectsTable });
    copy();
  };

  /** `IS [NOT] DISTINCT FROM` */
  const isComparison = (): boolean => {
    const before = tokens[at - 2]?.key;
    return keyAt(-1) === 'DISTINCT' && (before === 'IS' || before === 'NOT');
  };

  const member = (token: Token): void => {
    if (keyAt(1) === '(')
      throw notAllowed(`The function ${shown(token.name)} with a name before it`);
    copy();
  };

  const call = (token: Token, level: Level, commons: Commons, depth: number): void => {
    const isColumnList =
      level.clause === 'from' &&
      (keyAt(-1) === 'AS' || keyAt(-1) === ')') &&
      token.kind !== 'string';
    if (token.kind === 'word' && dialect.functions.has(token.key)) {
      copy();
      // With a space before them, or in quotes, MySQL takes stored functions for its own.
      output.push({ ...tokens[at]!, spaced: false });
      at += 1;
      group({ clause: 'other', expectsTable: false }, commons, depth + 1);
      return expect(')');
    }
    const isKeyword = token.kind === 'word' && dialect.beforeGroup.has(token.key);
    if (isKeyword || isColumnList) return copy();
    throw new UserInputError(
      `The function ${shown(token.name)} is not allowed here. Functions that only compute are.`,
    );
  };

  /** `database.table.column`: what takes the place of the table has no database. */
  const fullColumn = (): void => {
    if (!dialect.isSchema(peek()?.name.toLowerCase() ?? '')) {
      throw notAllowed(`${shown(peek()?.name ?? '')} before the name of a table`);
    }
    const spaced = peek()?.spaced ?? true;
    at += 2;
    const token = peek();
    if (token) output.push({ ...token, spaced });
    at += 1;
  };

  const table = (level: Level, commons: Commons, depth: number): void => {
    const first = tokens[at]!;
    // A window: no table has an alias in parentheses.
    if (keyAt(1) === 'AS' && keyAt(2) === '(') {
      level.expectsTable = false;
      return copy();
    }
    level.expectsTable = false;
    if (first.key !== '' && first.key === dialect.dual && keyAt(1) !== '.') return copy();
    if (keyAt(1) === '(') return tableFunction(first, commons, depth);
    const isQualified = keyAt(1) === '.';
    const last = isQualified ? peek(2) : first;
    if (!isName(last)) throw unreadable(`a table is expected after ${wordsBefore(tokens, at)}`);
    if (keyAt(isQualified ? 3 : 1) === '.') throw notAllowed('A name of three parts for a table');
    at += isQualified ? 3 : 1;
    const common = isQualified ? undefined : commons.get(first.name.toLowerCase());
    if (common !== undefined) output.push(literally(dialect.quote(common)));
    else {
      const found = dialect.find(isQualified ? first.name : undefined, last.name);
      tables.push(found);
      output.push(literally(dialect.subselect(found)));
    }
    if (!hasAlias()) output.push(literally(`AS ${dialect.quote(last.name)}`));
    if (keyAt() === 'AS') copy();
    // An alias may be a word that means something elsewhere.
    if (keyAt(-1) === 'AS' && isName(peek())) copy();
  };

  const hasAlias = (): boolean => {
    const next = peek();
    if (next === undefined || !isName(next)) return false;
    return next.kind === 'name' || !AFTER_TABLE.has(next.key);
  };

  const tableFunction = (token: Token, commons: Commons, depth: number): void => {
    if (!dialect.tableFunctions.has(token.name.toUpperCase())) {
      throw notAllowed(`The function ${shown(token.name)} in the place of a table`);
    }
    usesTableFunction = true;
    copy();
    copy();
    group({ clause: 'other', expectsTable: false }, commons, depth + 1);
    expect(')');
  };

  const readCommons = (outer: Commons, depth: number): Commons => {
    copy();
    const isRecursive = keyAt() === 'RECURSIVE' && isName(peek(1));
    if (isRecursive) copy();
    const all = new Map(outer);
    for (;;) {
      const token = peek();
      if (!isName(token)) throw unreadable('a name is expected after WITH');
      const name = token.name.toLowerCase();
      const replaced = `cte ${(commonCount += 1)} ${[...name].slice(0, 12).join('')}`.trim();
      output.push(literally(dialect.quote(replaced)));
      at += 1;
      if (keyAt() === '(') {
        copy();
        while (isName(peek()) || keyAt() === ',') copy();
        expect(')');
      }
      expect('AS');
      while (keyAt() === 'NOT' || keyAt() === 'MATERIALIZED') copy();
      expect('(');
      const knowsItself = isRecursive || dialect.isRecursive?.(token.name) === true;
      const visible = knowsItself ? new Map(all).set(name, replaced) : all;
      group({ clause: 'other', expectsTable: false }, visible, depth + 1);
      expect(')');
      all.set(name, replaced);
      if (keyAt() !== ',') return all;
      copy();
    }
  };

  group({ clause: 'other', expectsTable: false }, new Map(), 0);
  if (peek() !== undefined) throw unreadable('a parenthesis is closed that was not opened');
  const names = new Set(tokens.filter(isName).map(({ name }) => name.toLowerCase()));
  const isNamed = (column: string): boolean =>
    names.has(column.toLowerCase()) || names.has('natural');
  return { tokens: output, tables, top, usesTableFunction, isNamed };
}

function wordsBefore(tokens: readonly Token[], at: number): string {
  const words = tokens.slice(Math.max(0, at - 2), at).map(({ text }) => text.slice(0, 40));
  return words.length === 0 ? 'the beginning' : words.join(' ');
}
