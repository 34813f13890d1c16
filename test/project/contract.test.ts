import { expect, it } from 'vitest';
import type * as blueprint from '../../src/blueprint/types.js';
import type * as runtime from '../../templates/src/runtime/http/operation.js';

type Same<A, B> = A extends B ? (B extends A ? true : false) : false;

it('the blueprint and the emitted runtime mean the same by an HTTP request', () => {
  // Checked by the compiler: a difference makes one of these `false`.
  const same: [
    Same<Omit<blueprint.HttpBinding, 'kind'>, runtime.HttpOperation>,
    Same<blueprint.HttpServer, runtime.HttpServer>,
    Same<blueprint.HttpSecurityScheme, runtime.HttpSecurityScheme>,
  ] = [true, true, true];
  expect(same).toEqual([true, true, true]);
});
