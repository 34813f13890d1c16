import type { Token } from './token.js';

/** Whatever in an expression may be the name of a column, each once: not what is called, nor what tells the sort of a string. */
export function namesIn(tokens: readonly Token[]): string[] {
  const names = tokens.filter(({ kind, isDouble }, index) => {
    const isName = kind === 'word' || kind === 'name' || isDouble === true;
    const next = tokens[index + 1];
    return isName && next?.key !== '(' && next?.kind !== 'string';
  });
  return [...new Set(names.map(({ text }) => text))];
}

/** Those of the columns that are named, in the order of the columns. Upper and lower case are one. */
export function columnsAmong(names: readonly string[], columns: readonly string[]): string[] {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return columns.filter((column) => lower.has(column.toLowerCase()));
}
