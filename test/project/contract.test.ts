import { expect, it } from 'vitest';
import type * as database from '../../src/blueprint/database.js';
import type * as blueprint from '../../src/blueprint/types.js';
import { FUNCTIONS, OPERATORS } from '../../src/sources/sql/tools/operators.js';
import type * as runtime from '../../templates/src/runtime/http/operation.js';
import type * as sql from '../../templates/src/runtime/sql/database.js';
import { SQL_MEASURES, SQL_OPERATORS } from '../../templates/src/runtime/sql/operators.js';
import type { SqlOperation } from '../../templates/src/runtime/sql/sql-tool.js';

type Same<A, B> = A extends B ? (B extends A ? true : false) : false;

/** Omit that keeps alternatives apart. */
type Without<A, Key extends PropertyKey> = A extends unknown ? Omit<A, Key> : never;

it('the blueprint and the emitted runtime mean the same by an HTTP request', () => {
  // Checked by the compiler: a difference makes one of these `false`.
  const same: [
    Same<Omit<blueprint.HttpBinding, 'kind'>, runtime.HttpOperation>,
    Same<blueprint.HttpServer, runtime.HttpServer>,
    Same<blueprint.HttpSecurityScheme, runtime.HttpSecurityScheme>,
  ] = [true, true, true];
  expect(same).toEqual([true, true, true]);
});

it('the blueprint and the emitted runtime mean the same by a database and what tools do with it', () => {
  const same: [
    Same<database.SqlDatabase, sql.SqlDatabase>,
    Same<Without<database.SqlBinding, 'kind'>, SqlOperation>,
  ] = [true, true];
  expect(same).toEqual([true, true]);
  expect([...OPERATORS].sort()).toEqual([...SQL_OPERATORS].sort());
  expect(FUNCTIONS).toEqual(SQL_MEASURES);
});
