import { loadModule, parseSync } from 'libpg-query';
import type { Dialect } from '../model.js';
import { tokenize as mysqlTokens } from '../mysql/tokens.js';
import { tokenize as sqliteTokens } from '../sqlite/lexical.js';

/** What a statement does, or why it cannot be one of a tool. */
export type StatementKind = { kind: 'read' | 'write' } | { problem: string; fix?: string };

const ONE = { problem: 'it is more than one statement', fix: 'make a query of each of them' };
const NONE = { problem: 'there is no statement in it' };
const READS = new Set(['SELECT', 'VALUES', 'TABLE']);
const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE']);

/** `text` has the placeholders of its driver. */
export async function statementKind(text: string, dialect: Dialect): Promise<StatementKind> {
  return dialect === 'postgres' ? postgresKind(text) : tokenKind(text, dialect);
}

async function postgresKind(text: string): Promise<StatementKind> {
  await loadModule();
  try {
    const { stmts = [] } = parseSync(text);
    const [first] = stmts;
    if (first === undefined) return NONE;
    if (stmts.length > 1) return ONE;
    const [kind = ''] = Object.keys(first.stmt ?? {});
    if (/^(?:Insert|Update|Delete|Merge)Stmt$/.test(kind)) return { kind: 'write' };
    if (kind !== 'SelectStmt') return notOfTool(kind.replace(/Stmt$/, ''));
    const tree = JSON.stringify(first.stmt);
    if (tree.includes('"intoClause":')) return notOfTool('SELECT INTO');
    const changes = /"(?:Insert|Update|Delete|Merge)Stmt":/.test(tree);
    return { kind: changes || tree.includes('"lockingClause":') ? 'write' : 'read' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: why };
  }
}

function tokenKind(text: string, dialect: Dialect): StatementKind {
  const tokens = dialect === 'mysql' ? mysqlTokens(text, 0, text.length) : sqliteTokens(text);
  while (tokens[tokens.length - 1]?.key === ';') tokens.pop();
  if (tokens.length === 0) return NONE;
  if (tokens.some(({ key }) => key === ';')) return ONE;
  const first = tokens.find(({ key }) => key !== '(')?.key ?? '';
  if (WRITES.has(first)) return { kind: 'write' };
  if (first !== 'WITH' && !READS.has(first)) return notOfTool(first || tokens[0]!.text);
  if (tokens.some(({ key }) => key === 'INTO') && first !== 'WITH') return notOfTool('SELECT INTO');
  let depth = 0;
  const changes = tokens.some(({ key }, index) => {
    if (key === '(') depth += 1;
    if (key === ')') depth -= 1;
    const isCall = tokens[index + 1]?.key === '(';
    return first === 'WITH' && depth === 0 && WRITES.has(key) && !isCall;
  });
  const locks = tokens.some(
    ({ key }, index) => key === 'FOR' && ['UPDATE', 'SHARE'].includes(tokens[index + 1]?.key ?? ''),
  );
  return { kind: changes || locks ? 'write' : 'read' };
}

function notOfTool(what: string): StatementKind {
  return {
    problem: `${what} cannot be a tool`,
    fix: 'a query is one SELECT, INSERT, UPDATE or DELETE',
  };
}
