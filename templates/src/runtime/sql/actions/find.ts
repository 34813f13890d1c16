import { UserInputError } from '../../calls/user-input-error.js';
import { closest } from '../../arguments/closest.js';
import type { SqlDatabase, SqlTable } from '../database.js';
import { needText, type Arguments } from '../read-arguments.js';
import type { SqlData } from '../sql-call.js';

const MAX_MATCHES = 20;
const MAX_COLUMNS = 10;
const MAX_WORDS = 12;
const MAX_DESCRIPTION = 200;

type Match = { table: string; description?: string; columns?: string[]; score: number };

/** Tables and columns whose names or descriptions have the words, the best first. */
export function findInSchema(database: SqlDatabase, args: Arguments): SqlData {
  const words = wordsOf(needText(args, 'text')).slice(0, MAX_WORDS);
  if (words.length === 0) throw new UserInputError('text holds no word.');
  const tables = Object.entries(database.tables);
  const matches = tables
    .map(([name, table]) => matchOf(name, table, words))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.table < b.table ? -1 : 1));
  const shown = matches.slice(0, MAX_MATCHES).map(({ score: _, ...match }) => match);
  const truncated = matches.length > shown.length;
  if (shown.length > 0) return { data: { matches: shown, truncated } };
  const similar = closest(words.join(''), Object.keys(database.tables));
  const hint = similar === undefined ? '' : ` Perhaps ${similar} is meant.`;
  const note = `Nothing of ${tables.length === 1 ? '1 table' : `${tables.length} tables`} fits; try other words.${hint}`;
  return { data: { matches: [], truncated, notes: [note] } };
}

function matchOf(name: string, table: SqlTable, words: readonly string[]): Match {
  const own = points(name, table.description, words);
  const columns = Object.entries(table.columns)
    .map(([column, { description, values }]) => ({
      column,
      score: points(column, [description ?? '', ...(values ?? [])].join(' '), words),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_COLUMNS);
  return {
    table: name,
    ...(table.description !== undefined && {
      description: table.description.slice(0, MAX_DESCRIPTION),
    }),
    ...(columns.length > 0 && { columns: columns.map(({ column }) => column) }),
    // A table is worth more than all its columns, so that wide tables do not win by their width.
    score: own * 4 + Math.max(0, ...columns.map(({ score }) => score)),
  };
}

function points(name: string, description: string | undefined, words: readonly string[]): number {
  const parts = wordsOf(name);
  const whole = parts.join('');
  const said = new Set(wordsOf(description ?? ''));
  let sum = whole === words.join('') ? 20 : 0;
  for (const word of words) {
    if (parts.includes(word)) sum += 10;
    else if (whole.includes(word)) sum += 4;
    else if (said.has(word)) sum += 3;
  }
  return sum;
}

/** `orderItems`, `order_items` and `Order items` are the same words; plurals are taken for singulars. */
function wordsOf(text: string): string[] {
  return text
    .slice(0, 2_000)
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 3 ? word.replace(/ies$/, 'y').replace(/(?<!s)s$/, '') : word));
}
