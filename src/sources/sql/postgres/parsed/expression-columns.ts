import type { Node } from 'libpg-query';
import { stringsOf } from './names.js';

/** Names of the columns that an expression without queries reads, each once. */
export function namesOfColumns(expression: Node): string[] {
  const names = new Set<string>();
  visit(expression, (fields) => names.add(stringsOf(fields).at(-1) ?? ''));
  names.delete('');
  return [...names];
}

/** The same expression after a column was renamed; the tree itself is changed. */
export function renameInExpression(expression: Node, from: string, to: string): void {
  visit(expression, (fields) => {
    const last = fields.at(-1);
    if (last && 'String' in last && last.String.sval === from) last.String.sval = to;
  });
}

function visit(value: unknown, onColumn: (fields: Node[]) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, onColumn);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'ColumnRef') onColumn((inner as { fields?: Node[] }).fields ?? []);
    else visit(inner, onColumn);
  }
}
