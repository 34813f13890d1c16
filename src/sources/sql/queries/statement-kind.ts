import type { Dialect } from '../model.js';
import { tokenize as mysqlTokens } from '../mysql/tokens.js';
import { tokenize as sqliteTokens } from '../sqlite/lexical.js';
import { NONE, notOfTool, ONE, type StatementKind } from './kinds.js';

const READS = new Set(['SELECT', 'VALUES', 'TABLE']);
const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE']);

/** `text` has the placeholders of its driver. */
export async function statementKind(text: string, dialect: Dialect): Promise<StatementKind> {
  if (dialect !== 'postgres') return tokenKind(text, dialect);
  // The parser is large, and needed for nothing else.
  const { parsedKind } = await import('../postgres/parsed-kind.js');
  return parsedKind(text);
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
  if (changes) return { kind: 'write' };
  const locks = tokens.some(({ key }, index) =>
    /^(?:FOR (?:UPDATE|SHARE) |LOCK IN SHARE$)/.test(
      [key, tokens[index + 1]?.key, tokens[index + 2]?.key].join(' '),
    ),
  );
  return { kind: locks ? 'lock' : 'read' };
}
