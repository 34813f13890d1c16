import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../../templates/src/runtime/sql/guard/postgres/functions.js';

/** Not the same for the same arguments, but without any effect. */
const HARMLESS = [
  ...['array_sample', 'array_shuffle', 'clock_timestamp', 'gen_random_uuid', 'random'],
  ...['random_normal', 'timeofday', 'uuidv4', 'uuidv7'],
];
/** Functions of newer and older versions, and words of the grammar. */
const ELSEWHERE: string[] = [];

describe('the functions of PostgreSQL that statements may call', () => {
  let database: PGlite;
  beforeAll(async () => {
    database = await PGlite.create();
  });
  afterAll(() => database.close());

  it('are there, and change nothing', async () => {
    const { rows } = await database.query<{ name: string; volatile: boolean }>(
      `SELECT proname AS name, bool_or(provolatile = 'v') AS volatile FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY($1) GROUP BY 1`,
      [[...BUILT_IN]],
    );
    const known = new Map(rows.map(({ name, volatile }) => [name, volatile]));
    expect([...BUILT_IN].filter((name) => !known.has(name)).sort()).toEqual(ELSEWHERE);
    expect(rows.flatMap(({ name, volatile }) => (volatile ? name : [])).sort()).toEqual(HARMLESS);
  });

  it('take no text that runs as SQL, no names of the catalogue, no files and no settings', () => {
    const closed =
      /^(?:pg_(?!typeof|column_size|size_pretty|size_bytes|collation_for|input_is_valid)|lo_|lo(?:read|write)|.*_to_xml|ts_(?:stat|rewrite|parse|token)|has_|inet_(?:server|client)|txid|current_(?:setting|query)|set_config|setseed|(?:next|curr|last|set)val|to_reg|.*_description|row_security|dblink)/;
    expect([...BUILT_IN].filter((name) => closed.test(name))).toEqual([]);
  });
});
