import { expect, it } from 'vitest';
import { evaluate, holds } from '../../templates/src/runtime/steps/evaluate.js';
import { readExpression, readValue } from '../../src/sources/composition/read-value.js';

const scope = {
  args: { city: 'Rome', n: 3, list: [1, 2], none: null, o: { a: { b: 'deep' } }, key: 'city' },
  steps: { find: { rows: [{ id: '7' }] } },
};

function valueOf(text: unknown): unknown {
  return evaluate(
    readValue(text, (_, why) => {
      throw new Error(why);
    }),
    scope,
  );
}

it.each([
  ['${args.city}', 'Rome'],
  ['${args.n}', 3],
  ['${args.list}', [1, 2]],
  ['in ${args.city} ${args.n} ${args.none}!', 'in Rome 3 !'],
  ['$${args.city}', '${args.city}'],
  ['a $${b} ${args.n}', 'a ${b} 3'],
  ["${args.o.a['b']}", 'deep'],
  ['${args[args.key]}', 'Rome'],
  ['${args.gone.deeper}', undefined],
  ['${args.constructor}', undefined],
  ['${args.gone ?? args.none ?? "x"}', 'x'],
  ['${length(args.list)}', 2],
  ['${length("😀")}', 1],
  ['${json(args.list)}', '[1,2]'],
  ['${number(steps.find.rows[0].id)}', 7],
  ['${[args.n, "a}", -1.5]}', [3, 'a}', -1.5]],
  [
    { a: '${args.n}', b: ['${args.gone}', 1], c: '${args.gone}' },
    { a: 3, b: [null, 1] },
  ],
  ['${1 < 2 and not (args.n == 4) or false}', true],
  ['${args.o == args.o}', true],
  ['${args.none == null}', true],
  ['${2 in args.list}', true],
  ['${"om" in args.city}', true],
  ['${"a" < "b"}', true],
  [5, 5],
  [null, null],
])('%j', (text, wanted) => {
  expect(valueOf(text)).toEqual(wanted);
});

it.each([
  ['${args.n < "a"}', 'a number and a text have no order'],
  ['${number(args.city)}', '"Rome" is no number'],
  ['${length(args.n)}', 'a number has no length'],
  ['${1 in args.n}', 'a number cannot be in a number'],
])('%s has no value', (text, why) => {
  expect(() => valueOf(text)).toThrow(why);
});

it('a condition is true or false; what is not there does not hold', () => {
  const condition = (text: string) =>
    holds(
      readExpression(text, () => {}),
      scope,
    );
  expect(condition('args.gone')).toBe(false);
  expect(condition('${args.n >= 3}')).toBe(true);
  expect(() => condition('args.city')).toThrow('a condition is a text, not true or false');
});

it.each([
  ['${', '"${" has no "}"; write "$${" for the text itself'],
  ['${a b}', 'in "a b", "b" was not expected'],
  ['${process.exit()}', 'in "process.exit()", "(" was not expected'],
  ['${`x`}', 'in "`x`", "`" cannot stand in an expression'],
  ['${a = 1}', 'in "a = 1", "=" cannot stand in an expression'],
  ['${(1}', 'in "(1", ")" is missing before the end'],
  [`\${${'('.repeat(40)}1${')'.repeat(40)}}`, 'it is nested too deeply'],
])('%s is no expression', (text, why) => {
  expect(() => valueOf(text)).toThrow(why);
});
