import type { Dialect } from '../model.js';

/** A statement of mcp.yaml with the placeholders of its driver in the place of `:name`. */
export type Placeholders = {
  text: string;
  /** Names in the order of the placeholders of the driver: each once for PostgreSQL, as often as they stand elsewhere. */
  order: string[];
  /** Where each stands in the statement as it was written. */
  uses: { name: string; offset: number }[];
  /** What stands where only `:name` may. */
  foreign: string[];
};

const NAME = /:([A-Za-z_][A-Za-z0-9_]*)/y;
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const NUMBERED = /\$\d+|\?\d+|[@$][A-Za-z_]\w*/y;
const WORD = /[\w$\u0080-\uffff]+/y;

/**
 * Finds `:name` outside of strings, names in quotes, comments and dollar quotes. `::` is a cast, `:=` an assignment, and a
 * colon right behind a word or a number that of a slice (`a[1:n]`).
 */
export function readPlaceholders(sql: string, dialect: Dialect): Placeholders {
  const found: Placeholders = { text: '', order: [], uses: [], foreign: [] };
  let at = 0;
  let copied = 0;
  const put = (text: string, end: number): void => {
    found.text += sql.slice(copied, at) + text;
    copied = end;
    at = end;
  };
  while (at < sql.length) {
    const end = skip(sql, at, dialect);
    if (end > at) {
      at = end;
      continue;
    }
    const name = sql[at] === ':' ? match(NAME, sql, at)?.slice(1) : undefined;
    if (name !== undefined) {
      found.uses.push({ name, offset: at });
      put(placeholder(name, found.order, dialect), at + name.length + 1);
      continue;
    }
    const numbered = match(NUMBERED, sql, at);
    const isOperator = dialect === 'postgres' && /^[?@]/.test(sql.slice(at));
    if (numbered !== undefined && !isOperator) found.foreign.push(numbered);
    else if (sql[at] === '?' && !isOperator) found.foreign.push('?');
    at += numbered !== undefined && !isOperator ? numbered.length : 1;
  }
  put('', at);
  return found;
}

function placeholder(name: string, order: string[], dialect: Dialect): string {
  if (dialect !== 'postgres') {
    order.push(name);
    return '?';
  }
  if (!order.includes(name)) order.push(name);
  return `$${order.indexOf(name) + 1}`;
}

/** The end of what begins there and holds no placeholder; the same offset where nothing of that kind does. */
function skip(sql: string, at: number, dialect: Dialect): number {
  const first = sql[at]!;
  const two = sql.slice(at, at + 2);
  if (two === '--' || (first === '#' && dialect === 'mysql')) return lineEnd(sql, at);
  if (two === '/*') return commentEnd(sql, at, dialect === 'postgres');
  if (two === '::' || two === ':=') return at + 2;
  if (first === "'" || first === '"' || (first === '`' && dialect !== 'postgres')) {
    return quoteEnd(sql, at, dialect === 'mysql' && first !== '`');
  }
  if (first === '[' && dialect === 'sqlite') return after(sql, ']', at + 1);
  if (dialect === 'postgres' && first === '$') {
    const tag = match(DOLLAR_QUOTE, sql, at);
    if (tag !== undefined) return after(sql, tag, at + tag.length);
  }
  const word = match(WORD, sql, at);
  if (word === undefined || first === '$') return at;
  const end = at + word.length;
  // E'…' has escapes by backslash.
  if (dialect === 'postgres' && /^e$/i.test(word) && sql[end] === "'")
    return quoteEnd(sql, end, true);
  return sql[end] === ':' && match(NAME, sql, end) !== undefined ? end + 1 : end;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end === -1 ? sql.length : end;
}

function after(sql: string, what: string, from: number): number {
  const end = sql.indexOf(what, from);
  return end === -1 ? sql.length : end + what.length;
}

function commentEnd(sql: string, start: number, nests: boolean): number {
  let depth = 0;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  for (let found = edge.exec(sql); found; found = edge.exec(sql)) {
    if (found[0] === '*/') depth -= 1;
    else if (nests || depth === 0) depth += 1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}

function quoteEnd(sql: string, start: number, escapes: boolean): number {
  const quote = sql[start];
  for (let at = start + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === '\\') at += 1;
    else if (sql[at] === quote && sql[at + 1] === quote) at += 1;
    else if (sql[at] === quote) return at + 1;
  }
  return sql.length;
}
