import { loadModule, parseSync, scanSync } from 'libpg-query';
import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlDatabase } from '../database.js';
import { unknown } from '../names.js';
import { ofGuardedSize, type Guard } from './guard.js';
import { anyView, maskedAmong } from './masked.js';
import { askCatalogue } from './postgres/ask-catalogue.js';
import { applyEdits, nameOf, readPieces, type Edit, type Pieces } from './postgres/edits.js';
import { readFacts, type Facts } from './postgres/facts.js';
import { BUILT_IN } from './postgres/functions.js';
import { pathOf, relationEdits, resolveRelations, unclearMembers } from './postgres/relations.js';
import { isNode, refused } from './postgres/tree.js';
import { BUILT_IN_TYPES, CLOSED_TYPES } from './postgres/types.js';

/** The names of types, operators and functions are looked up in the schemas of the exposed tables, whoever the caller is. */
export function settings({ tables }: SqlDatabase): Record<string, string> {
  const schemas = new Set(Object.values(tables).map(({ schema = 'public' }) => schema));
  const path = [...schemas.add('public')].map((name) => `"${name.replaceAll('"', '""')}"`);
  return { search_path: path.join(', '), standard_conforming_strings: 'on' };
}

/**
 * By the parser of PostgreSQL itself: one SELECT of nodes that are all known to be harmless, over exposed tables, each of which
 * is replaced by a subselect of its visible columns. The result is parsed again, and every table in it has to be one of these.
 */
export const guard: Guard = async ({ sql, parameters, database }, session) => {
  await loadModule();
  const source = Buffer.from(sql);
  const { select, end } = parseOne(sql, source.length);
  const facts = unlessTooDeep(() => readFacts(select));
  checkParameters(facts, parameters);
  const allowed = new Set(database.functions ?? []);
  const resolved = resolveRelations(facts, database);
  const members = unclearMembers(facts, resolved);
  const types = facts.types.map(typeName).filter((name) => !BUILT_IN_TYPES.has(name));
  const pieces = readPieces(source, scanSync(sql).tokens);
  const edits = [
    ...relationEdits(facts, resolved, pieces),
    ...facts.commons.map(({ name, place }): Edit => {
      const { start, end } = pieces.at(place);
      return { start, end, text: `"${name.replaceAll('"', '""')}"` };
    }),
    ...facts.functions.flatMap((call) => functionEdits(call, allowed, pieces)),
    ...facts.columns.flatMap((column) => columnEdits(column, facts, pieces)),
  ];
  const text = ofGuardedSize(applyEdits(source, edits, end));
  verify(
    text,
    resolved.map(({ table }) => pathOf(table.table)),
  );
  await askCatalogue(session, { members, types });
  const tables = resolved.map(({ table }) => table);
  const readsViews = anyView(tables);
  const named = new Set([...facts.columns.map(({ path }) => path.at(-1)), ...facts.using]);
  return {
    masked: maskedAmong(tables, (column) => facts.hasWideJoins || named.has(column)),
    texts: (rows) => [`SELECT * FROM (${text}\n) AS "query" LIMIT ${Math.trunc(rows)}`],
    readsViews,
    explain: `EXPLAIN ${readsViews ? '(FORMAT JSON) ' : ''}${text}`,
  };
};

function parseOne(sql: string, length: number): { select: unknown; end: number } {
  const statements = parse(sql).stmts ?? [];
  const [first] = statements;
  if (first === undefined) throw new UserInputError('There is no statement.');
  if (statements.length > 1) throw new UserInputError('Only one statement can be run at a time.');
  const statement: unknown = first.stmt;
  if (!isNode(statement)) throw refused('This');
  const [kind = ''] = Object.keys(statement);
  if (kind !== 'SelectStmt') readOther(kind);
  const end = first.stmt_len ? (first.stmt_location ?? 0) + first.stmt_len : length;
  return { select: statement['SelectStmt'], end };
}

function readOther(kind: string): never {
  const words = kind
    .replace(/Stmt$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toUpperCase();
  throw refused(words);
}

function parse(sql: string): ReturnType<typeof parseSync> {
  if (sql === '') return { version: 0, stmts: [] };
  try {
    return unlessTooDeep(() => parseSync(sql));
  } catch (error) {
    if (error instanceof UserInputError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UserInputError(`The statement cannot be read: ${why}.`);
  }
}

/** What is nested deeper than the stack is a statement that nobody needs. */
function unlessTooDeep<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserInputError('The statement cannot be read: it is nested too deep.');
  }
}

function checkParameters({ parameters }: Facts, given: number): void {
  const highest = Math.max(0, ...parameters);
  if (parameters.has(0) || highest > given) {
    throw new UserInputError(`There is no value for $${highest}: parameters has ${given}.`);
  }
  for (let number = 1; number <= given; number += 1) {
    if (!parameters.has(number)) {
      throw new UserInputError(
        `parameters has ${given === 1 ? '1 value' : `${given} values`}, but $${number} is not used.`,
      );
    }
  }
}

/** Functions of the database itself are called by their full name, so that none of another schema is taken for them. */
function functionEdits(
  { path, place, isSyntax }: Facts['functions'][number],
  allowed: ReadonlySet<string>,
  pieces: Pieces,
): Edit[] {
  const [name = '', schema, ...more] = [...path].reverse();
  if (more.length === 0 && allowed.has(path.join('.'))) return [];
  const isBuiltIn = BUILT_IN.has(name) || isSyntax;
  if (more.length > 0 || !isBuiltIn || (schema !== undefined && schema !== 'pg_catalog')) {
    const known = [...BUILT_IN, ...allowed];
    const similar = unknown('', name, { of: '', known }).message.match(/did you mean [^?]+\?/)?.[0];
    throw new UserInputError(
      `The function ${path.join('.')} is not allowed here. Functions that only compute are${similar ? `; ${similar}` : '.'}`,
    );
  }
  if (schema !== undefined) return [];
  if (nameOf(pieces.at(place).text) !== name) {
    throw new UserInputError(`${name} cannot be called in this way here.`);
  }
  return [{ start: place, end: place, text: 'pg_catalog.' }];
}

/** `schema.table.column`: the subselect that takes the place of the table has no schema. */
function columnEdits(
  { path, place }: Facts['columns'][number],
  { relations }: Facts,
  pieces: Pieces,
): Edit[] {
  if (path.length < 3) return [];
  const [schema, table] = path;
  const isRead = relations.some((use) => use.name === table && use.schema === schema);
  if (path.length > 3 || !isRead) {
    throw new UserInputError(`${path.join('.')} names no column: write table.column.`);
  }
  return [{ start: place, end: pieces.at(place, 1).end, text: '' }];
}

function typeName(path: string[]): string {
  const name = path[path.length - 1] ?? '';
  if (CLOSED_TYPES.has(name)) throw refused(`The type ${name}`);
  return path.length === 2 && path[0] === 'pg_catalog' ? 'text' : name;
}

/** Reads what has been made as the server will, and counts: no table but those that were put in, as often as they were. */
function verify(text: string, tables: readonly string[]): void {
  const { select } = parseOne(text, 0);
  const left = [...tables];
  for (const { schema, name } of unlessTooDeep(() => readFacts(select)).relations) {
    if (schema === undefined && name.startsWith('cte·')) continue;
    const at = left.indexOf(pathOf({ name, ...(schema !== undefined && { schema }), columns: {} }));
    if (schema === undefined || at === -1) throw refused(`What stands for ${name}`);
    left.splice(at, 1);
  }
  if (left.length > 0) throw refused('This statement');
}
