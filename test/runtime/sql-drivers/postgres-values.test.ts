import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import type { DatabaseServer } from '../../sql/support/database-server.js';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';
import '../../support/typescript-children.js';
import { driverOf, read, write } from './support.js';

const none = findPostgres() ? '' : ' (skipped: no PostgreSQL is installed)';

describe.each(['PostgreSQL', 'PGlite'])('values of %s', (engine) => {
  const skipped = engine === 'PostgreSQL' ? none : '';
  let server: DatabaseServer | undefined;
  let driver: SqlDriver;

  beforeAll(async () => {
    if (skipped) return;
    if (engine === 'PostgreSQL') server = await startPostgres();
    driver = driverOf(server?.url() ?? 'pglite://memory');
    await write(driver, [
      `CREATE TYPE mood AS ENUM ('sad', 'so "so"')`,
      'CREATE DOMAIN positive AS int CHECK (value > 0)',
    ]);
  });
  afterAll(async () => {
    await driver?.close();
    await server?.stop();
  });

  it.skipIf(skipped)(`gives cells exactly as the database has them${skipped}`, async () => {
    const result = await read(
      driver,
      `SELECT 9223372036854775807::int8 AS a, (-9223372036854775807 - 1)::int8 AS a, 42::int4, (-1)::int2,
              1234567890123456789012345678901234567890.5::numeric, 'NaN'::numeric, 1.5::float8, 'Infinity'::float8,
              true::bool, NULL::bool, '{"b": 1e400, "a": "x"}'::json, 'null'::jsonb, '\\x00ff10'::bytea,
              'so "so"'::mood, B'0101'::bit(4), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, 7::positive`,
    );
    expect(result).toEqual({
      columns: [
        ...[
          'a',
          'a',
          'int4',
          'int2',
          'numeric',
          'numeric',
          'float8',
          'float8',
          'bool',
          'bool',
          'json',
          'jsonb',
        ],
        ...['bytea', 'mood', 'bit', 'uuid', 'positive'],
      ],
      rows: [
        [
          ...['9223372036854775807', '-9223372036854775808', 42, -1],
          ...['1234567890123456789012345678901234567890.5', 'NaN', 1.5, 'Infinity'],
          ...[true, null, '{"b": 1e400, "a": "x"}', 'null', new Uint8Array([0, 255, 16])],
          ...['so "so"', '0101', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 7],
        ],
      ],
      changes: 0,
      truncated: false,
    });
  });

  it.skipIf(skipped)(`gives arrays as arrays, of enums and domains too${skipped}`, async () => {
    const { rows } = await read(
      driver,
      `SELECT ARRAY[1,NULL,3], '{{1,2},{3,4}}'::int8[], ARRAY['a"b','c\\d',NULL,'NULL','',' x,}'], '[2:3]={7,8}'::int[],
              ARRAY['sad','so "so"']::mood[], ARRAY[1,2]::positive[], '{}'::text[], ARRAY['\\x01'::bytea],
              ARRAY[true,false], ARRAY['(1,1),(0,0)'::box], ARRAY['10.0.0.1'::inet], ARRAY['{"a": [1]}'::jsonb]`,
    );
    expect(rows).toEqual([
      [
        ...[
          [1, null, 3],
          [
            ['1', '2'],
            ['3', '4'],
          ],
          ['a"b', 'c\\d', null, 'NULL', '', ' x,}'],
          [7, 8],
        ],
        ...[['sad', 'so "so"'], [1, 2], [], [new Uint8Array([1])], [true, false], ['(1,1),(0,0)']],
        ...[['10.0.0.1'], ['{"a": [1]}']],
      ],
    ]);
  });

  it.skipIf(skipped)(`takes values of every kind${skipped}`, async () => {
    const bytes = new Uint8Array([0, 1, 255]);
    const { rows } = await read(
      driver,
      'SELECT $1::int8, $2::numeric, $3::bool, $4::bytea, $5::text[], $6::bytea[], $7::text, $8::jsonb, $9::int[]',
      [
        ...['9223372036854775807', '0.1', true, bytes, ['a"', null, '\\'], [bytes], null],
        ...[
          '{"a":1}',
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    );
    expect(rows).toEqual([
      [
        ...['9223372036854775807', '0.1', true, bytes, ['a"', null, '\\'], [bytes], null],
        ...[
          '{"a": 1}',
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
    ]);
  });
});
