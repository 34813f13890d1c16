import { expect, it } from 'vitest';
import { argumentName, propertyName } from '../../src/sources/schema/argument-name.js';

it.each([
  ['limit', 'limit'],
  ['X-Request-Id', 'X-Request-Id'],
  ['user.name', 'user.name'],
  ['filter[name]', 'filter_name'],
  ['ids[]', 'ids'],
  ['$select', 'select'],
  ['@type', 'type'],
  ['StartTime<', 'StartTime_lt'],
  ['StartTime>', 'StartTime_gt'],
  ['naïve', 'naive'],
  ['__proto__', 'proto_'],
  ['constructor', 'constructor_'],
  ['x'.repeat(70), 'x'.repeat(64)],
])('%s is %s', (wire, want) => {
  expect(argumentName(wire)).toBe(want);
});

it('finds a name for what has no letters', () => {
  expect(argumentName('日本')).toMatch(/^field_[a-z0-9]+$/);
  expect(argumentName('日本')).not.toBe(argumentName('東京'));
});

it.each([
  ['type', 'type'],
  ['@type', '_type'],
  ['$ref', '_ref'],
  ['filter[name]', 'filter_name_'],
  ['a b', 'a_b'],
])('keeps every sign of the property %s: %s', (wire, want) => {
  expect(propertyName(wire)).toBe(want);
});
