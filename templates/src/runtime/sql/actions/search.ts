import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlColumn } from '../database.js';
import { escapeLike } from '../dialects/quoting.js';
import { findFitting, findTable, type NamedColumn, type NamedTable } from '../names.js';
import { preparePage } from '../page.js';
import { needText, readNames, type Arguments } from '../read-arguments.js';
import type { SqlCall, SqlData } from '../sql-call.js';
import { checkValue } from '../values.js';
import { fitPage, readQuery } from './list.js';

const MAX_WORDS = 12;
const MAX_COLUMNS = 40;

/** Rows of which every word is in some text column, upper and lower case being equal. */
export async function searchRows(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const { dialect } = call;
  const owner = findTable(call.database, table);
  const columns = textColumns(args, owner);
  const words = readWords(args);
  const run = preparePage(call, {
    ...readQuery(call, args, owner),
    extra: {
      key: [words, columns.map(({ name }) => name)],
      text: (parameters, reference) =>
        words
          .map((word) => {
            const pattern = `%${escapeLike(word)}%`;
            const places = columns.map(({ name, column }) => {
              const place = parameters.add({ kind: 'text', type: 'text' }, pattern);
              return dialect.matches(column, reference(name, column), place);
            });
            return `(${places.join(' OR ')})`;
          })
          .join(' AND '),
    },
  });
  return call.driver.read(async (session) => {
    const page = await run(session);
    const rows = page.cells.map((cells) => page.projection.row(cells));
    return fitPage(call, args, page, rows);
  }, call.session);
}

function readWords(args: Arguments): string[] {
  const text = needText(args, 'text');
  checkValue(text, { name: 'text', kind: 'text', type: 'text' }, 'sqlite');
  const words = [...new Set(text.split(/\s+/).filter((word) => word !== ''))];
  if (words.length === 0) throw new UserInputError('text holds no word.');
  if (words.length > MAX_WORDS) {
    throw new UserInputError(`text may have at most ${MAX_WORDS} words.`);
  }
  return words;
}

/** Whether the column is searched. */
function isSearchable({ kind, masked }: Pick<SqlColumn, 'kind' | 'masked'>): boolean {
  return kind === 'text' && masked !== true;
}

function textColumns(args: Arguments, owner: NamedTable): NamedColumn[] {
  const given = readNames(args, 'columns', MAX_COLUMNS);
  if (given !== undefined && given.length > 0) {
    return given.map((name) => findFitting(owner, name, isSearchable, 'searched'));
  }
  const found = Object.entries(owner.table.columns)
    .filter(([, column]) => isSearchable(column))
    .map(([name, column]) => ({ name, column }));
  if (found.length > 0) return found.slice(0, MAX_COLUMNS);
  throw new UserInputError(`${owner.name} has no text columns that could be searched.`);
}
