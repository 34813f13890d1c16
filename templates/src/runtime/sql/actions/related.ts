import { findRelation, findTable } from '../names.js';
import { preparePage } from '../page.js';
import { projectionOf } from '../projection.js';
import { needText, type Arguments } from '../read-arguments.js';
import { keyText, noSuchRow, readKey } from '../row-keys.js';
import { MAX_RESULT_BYTES, type SqlCall, type SqlData } from '../sql-call.js';
import { createParameters, referenceOf } from '../statement.js';
import type { SqlCell, SqlValue } from '../driver.js';
import { fitPage, readQuery } from './list.js';

/** Rows that a relation of one row leads to, as a list of the other table. */
export async function listRelated(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const { dialect, database } = call;
  const owner = findTable(database, table);
  const key = readKey(args, owner, dialect);
  const name = needText(args, 'relation');
  const { relation, target } = findRelation(database, owner, name);
  const query = readQuery(call, args, target);

  const reference = referenceOf(dialect, 't');
  const own = relation.columns.map(([column]) => column);
  const projection = projectionOf(dialect, owner, reference, database.limits, { fields: own });
  const parameters = createParameters(dialect);
  const where = keyText(key, dialect, parameters, reference);
  const statement = parameters.statement(
    `SELECT ${projection.select.join(', ')} FROM ${dialect.table(owner.table)} AS t WHERE ${where}`,
  );
  const pageOf = (values: readonly SqlValue[]) =>
    preparePage(call, {
      ...query,
      extra: {
        key: [owner.name, name, key.map(({ name: column, value }) => [column, value])],
        text: (texts, refer) =>
          relation.columns
            .map(([, other], index) => {
              const column = target.table.columns[other];
              if (column === undefined) return '1 = 0';
              const expression = dialect.comparable(column, refer(other, column));
              return `${expression} = ${texts.add(column, values[index] ?? null)}`;
            })
            .join(' AND '),
      },
    });
  // Wrong arguments are told before anything runs.
  pageOf(own.map(() => null));

  return call.driver.read(async (session) => {
    const result = await session.run(statement, { maxRows: 1, maxBytes: MAX_RESULT_BYTES });
    const [cells] = result.rows;
    if (cells === undefined) throw noSuchRow(owner, key);
    const values = own.map((column): SqlCell => projection.raw(cells, column) ?? null);
    // With a null, nothing is related: a comparison with it is never true.
    const page = await pageOf(values)(session);
    const rows = page.cells.map((row) => page.projection.row(row));
    return fitPage(call, args, page, rows);
  }, call.session);
}
