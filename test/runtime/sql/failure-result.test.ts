import { expect, it } from 'vitest';
import { failure } from '../../../templates/src/runtime/sql/drivers/failures.js';
import { failureResult } from '../../../templates/src/runtime/sql/failure-result.js';

const told = (kind: 'large' | 'full', writes: boolean): unknown =>
  failureResult('get_photo', failure(kind), { writes, reference: 'r1', redact: (text) => text })
    .content;

it('asks a caller for less where a result is too large, and a person for room where there is none', () => {
  expect(told('large', false)).toEqual([
    {
      type: 'text',
      text: 'get_photo failed: The result is too large to be read. Ask for fewer or smaller columns.\nReference: r1',
    },
  ]);
  expect(told('full', true)).toEqual([
    {
      type: 'text',
      text: 'get_photo failed: The database has no room left.\nNothing was changed.\nA person has to make room in the database.\nReference: r1',
    },
  ]);
});
