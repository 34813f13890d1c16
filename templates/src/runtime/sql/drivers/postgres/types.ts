import type { Connection } from './connections.js';
import { runBatch } from './batch.js';
import { createRowKeeper } from '../settle.js';
import { KNOWN_TYPES, type CellKind } from './cells.js';
import { toWire } from './values.js';

/** Arrays that the database knows of, and what their elements are in the end: domains are seen through. */
const LOOK_UP = `
  WITH RECURSIVE element AS (
    SELECT t.oid AS list, e.oid, e.typtype, e.typbasetype, e.typdelim
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_type e ON e.oid = t.typelem
     WHERE t.oid = ANY($1::oid[]) AND t.typcategory = 'A'
    UNION ALL
    SELECT element.list, b.oid, b.typtype, b.typbasetype, element.typdelim
      FROM element JOIN pg_catalog.pg_type b ON b.oid = element.typbasetype
     WHERE element.typtype = 'd'
  )
  SELECT list, oid, typdelim FROM element WHERE typtype <> 'd'`;

/** Kinds of cells by the number of a type: enums and extensions have numbers that differ from database to database. */
export type CellKinds = {
  find: (oids: readonly number[], connection: Connection) => Promise<CellKind[]>;
};

/** Asks the database once per type that it has not met, within the transaction that runs. */
export function createCellKinds(): CellKinds {
  const kinds = new Map(KNOWN_TYPES);
  const kindOf = (oid: number): CellKind => kinds.get(oid) ?? 'text';
  return {
    find: async (oids, { client, statements }) => {
      const unknown = [...new Set(oids.filter((oid) => !kinds.has(oid)))];
      if (unknown.length > 0) {
        const keeper = createRowKeeper<string | null>({});
        const main = statements.step(LOOK_UP, [toWire(unknown)]);
        await runBatch(client, { before: [], main, limit: 0, keeper });
        for (const oid of unknown) kinds.set(oid, 'text');
        for (const [array, element, delimiter] of keeper.rows) {
          const kind = kindOf(Number(element));
          kinds.set(Number(array), { element: kind, delimiter: delimiter ?? ',' });
        }
      }
      return oids.map(kindOf);
    },
  };
}
