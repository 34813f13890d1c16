import { describe, expect, it } from 'vitest';
import { sampleValue } from '../../../src/sources/sql/sample/sample-value.js';

describe('made-up values of types that few tables have', () => {
  it.each([
    ['xid8', '1'],
    ['xid', '1'],
    ['regclass', 'pg_class'],
    ['pg_snapshot', '1:1:'],
    ['jsonpath', '$."a"'],
    ['datemultirange', '{[2024-01-01,2024-02-01)}'],
    ['tstzmultirange', '{["2024-01-01 00:00:00","2024-02-01 00:00:00")}'],
    ['something of an extension', 'value 1'],
  ])('%s', (type, value) => {
    const column = { kind: 'other' as const, type };
    const model = { name: 'x', nullable: true, type: { kind: 'other' as const, sql: type } };
    expect(sampleValue('x', column as never, model as never, {}, 0)).toBe(value);
  });
});
