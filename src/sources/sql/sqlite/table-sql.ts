import { accept, group, isNext, name, peek, splitAtCommas, written } from '../cursor.js';
import type { Cursor } from '../cursor.js';
import { namesIn } from '../names-in.js';
import type { Token } from '../token.js';
import { tokenize } from './lexical.js';

/** What only the text of CREATE TABLE says, and no pragma. */
export type TableText = {
  checks: { name?: string; expression: string }[];
  /** Names of UNIQUE constraints and of foreign keys by their columns, in lower case and joined by commas. */
  uniqueNames: Map<string, string>;
  foreignKeyNames: Map<string, string>;
  /** By generated column, in lower case: what may be the name of a column in its expression. */
  madeOf: Map<string, string[]>;
};

/** Reads the text of a CREATE TABLE as the catalogue keeps it; of anything else nothing is read. */
export function readTableText(sql: string): TableText {
  const text: TableText = {
    ...{ checks: [], uniqueNames: new Map(), foreignKeyNames: new Map() },
    madeOf: new Map(),
  };
  const tokens = tokenize(sql);
  const open = tokens.findIndex(({ key }) => key === '(');
  const head = tokens.slice(0, open).some(({ key }) => key === 'AS' || key === 'VIRTUAL');
  if (open === -1 || head) return text;
  for (const part of splitAtCommas(group({ tokens, at: open, source: sql }))) {
    readDefinition({ tokens: part, at: 0, source: sql }, text);
  }
  return text;
}

const TABLE_CONSTRAINTS = ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'];

function readDefinition(cursor: Cursor, text: TableText): void {
  const isConstraint = TABLE_CONSTRAINTS.some((key) => isNext(cursor, key));
  const column = isConstraint ? undefined : peek(cursor)?.text.toLowerCase();
  if (!isConstraint) cursor.at += 1;
  let constraint: string | undefined;
  while (cursor.at < cursor.tokens.length) {
    if (accept(cursor, 'CONSTRAINT')) constraint = name(cursor);
    else if (isNext(cursor, 'CHECK', '(')) {
      cursor.at += 1;
      const expression = written(cursor.source, group(cursor));
      text.checks.push({ ...(constraint !== undefined && { name: constraint }), expression });
      constraint = undefined;
    } else if (isNext(cursor, 'AS', '(') && column !== undefined) {
      cursor.at += 1;
      text.madeOf.set(column, namesIn(group(cursor)));
    } else if (accept(cursor, 'UNIQUE')) {
      remember(text.uniqueNames, columnsHere(cursor, column), constraint);
      constraint = undefined;
    } else if (accept(cursor, 'FOREIGN', 'KEY')) {
      remember(text.foreignKeyNames, columnsHere(cursor, column), constraint);
      constraint = undefined;
    } else if (isNext(cursor, 'REFERENCES') && column !== undefined) {
      remember(text.foreignKeyNames, column, constraint);
      constraint = undefined;
      cursor.at += 1;
    } else if (isNext(cursor, '(')) group(cursor);
    else cursor.at += 1;
  }
}

function remember(names: Map<string, string>, columns: string, constraint?: string): void {
  if (constraint !== undefined) names.set(columns, constraint);
}

function columnsHere(cursor: Cursor, column: string | undefined): string {
  return isNext(cursor, '(') ? columnsKey(firstNames(group(cursor))) : (column ?? '');
}

function firstNames(tokens: readonly Token[]): string[] {
  return splitAtCommas(tokens).map(([first]) => first?.text ?? '');
}

export function columnsKey(columns: readonly string[]): string {
  return columns.join(',').toLowerCase();
}
