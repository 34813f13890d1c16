import type { SqlColumn } from '../../../blueprint/database.js';
import type { ColumnModel } from '../model.js';
import type { CheckFacets } from '../read-checks/facets.js';
import { matches } from './fits-facets.js';
import { sampleNumber } from './sample-number.js';

/** A made-up value for row `index` (0, 1, …) of a column: different in each row, valid by its type and simple checks. */
export function sampleValue(
  name: string,
  column: SqlColumn,
  model: ColumnModel,
  facets: CheckFacets,
  index: number,
): unknown {
  const { kind } = column;
  const values = facets.enum ?? column.values;
  if (values && values.length > 0 && kind !== 'array') return values[index % values.length];
  if (kind === 'array') return [];
  if (kind === 'text') return sampleText(name, model, facets, index);
  if (kind === 'other') return sampleOther(column.type, index);
  if (kind === 'integer' || kind === 'bigint' || kind === 'float' || kind === 'decimal') {
    return sampleNumber(kind, model.type, facets, index);
  }
  return PLAIN[kind]?.(index) ?? null;
}

const two = (index: number) => String(index + 1).padStart(2, '0');

const PLAIN: Record<string, (index: number) => unknown> = {
  boolean: (index) => index % 2 === 0,
  date: (index) => `2024-01-${two(index)}`,
  time: (index) => `12:00:${two(index)}`,
  timestamp: (index) => `2024-01-${two(index)} 12:00:00`,
  timestamptz: (index) => `2024-01-${two(index)} 12:00:00+00`,
  interval: (index) => `${index + 1} days`,
  uuid: (index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
  json: (index) => ({ number: index + 1 }),
  binary: (index) => Buffer.from([index + 1]).toString('base64'),
};

function sampleText(
  name: string,
  { type }: ColumnModel,
  { minLength = 0, maxLength = Infinity, pattern }: CheckFacets,
  index: number,
): string {
  const most = Math.min(type.length ?? 255, maxLength, 255);
  const lower = name.toLowerCase();
  const number = index + 1;
  const word = lower.replaceAll(/[^a-z0-9]+/g, ' ').trim() || 'text';
  const candidates = [
    ...(pattern === undefined
      ? []
      : ['a', 'A', '1', 'aa', 'AA', 'abc', 'ABC', '12345', 'a@b.example']),
    ...(lower.includes('mail') ? [`person${number}@example.com`] : []),
    ...(/ur[li]|website|link/.test(lower) ? [`https://example.com/${number}`] : []),
    `${word} ${number}`,
    `${word.slice(0, Math.max(most - String(number).length, 0))}${number}`,
    String(number),
    String.fromCharCode(97 + (index % 26)),
  ];
  const fits = (text: string) =>
    text.length <= most &&
    text.length >= minLength &&
    (pattern === undefined || matches(text, pattern));
  const found = candidates.find(fits) ?? candidates.at(-1)!.slice(0, Math.max(most, 0));
  return found.padEnd(Math.min(minLength, most), 'x');
}

/** Types of PostgreSQL that are not text; for others any text may do. */
const OTHERS: [RegExp, (index: number) => unknown][] = [
  // As the database prints it: keys of such types are compared as text.
  [/^inet/, (index) => `192.0.2.${index + 1}/32`],
  [/^cidr/, (index) => `192.0.${index + 1}.0/24`],
  [/^macaddr8/, (index) => `00:00:5e:00:53:00:00:0${index + 1}`],
  [/^macaddr/, (index) => `00:00:5e:00:53:0${index + 1}`],
  [/^point/, (index) => `(${index + 1},2)`],
  [/^box/, () => '(2,2),(1,1)'],
  [/^path/, () => '[(1,1),(2,2)]'],
  [/^polygon/, () => '((1,1),(2,2),(3,1))'],
  [/^circle/, () => '<(1,1),2>'],
  [/^lseg/, () => '[(1,1),(2,2)]'],
  [/^line/, () => '{1,2,3}'],
  [/^tsvector/, () => "'word':1"],
  [/^tsquery/, () => "'word'"],
  [/^(?:int4|int8|num)range/, (index) => `[${index + 1},${index + 5})`],
  [/^(?:int4|int8|num)multirange/, () => '{[1,5)}'],
  [/^daterange/, () => '[2024-01-01,2024-02-01)'],
  [/^ts(?:tz)?range/, () => '["2024-01-01 00:00:00","2024-02-01 00:00:00")'],
  [/^bit varying/, () => '1'],
  [/^money/, (index) => `${index + 1}.00`],
  [/^xml/, () => '<a/>'],
  [/^year/, (index) => 2020 + index],
  [/^pg_lsn/, () => '0/0'],
  [/^hstore/, () => '"a"=>"1"'],
  [/^datemultirange/, () => '{[2024-01-01,2024-02-01)}'],
  [/^ts(?:tz)?multirange/, () => '{["2024-01-01 00:00:00","2024-02-01 00:00:00")}'],
  [/^jsonpath/, () => '$."a"'],
  [/^pg_snapshot/, () => '1:1:'],
  [/^regclass/, () => 'pg_class'],
  [/^(?:oid|xid)/, (index) => String(index + 1)],
];

function sampleOther(type: string, index: number): unknown {
  const lower = type.toLowerCase();
  const bits = /^bit\((\d+)\)/.exec(lower)?.[1];
  if (bits !== undefined) return '0'.repeat(Number(bits));
  if (lower === 'bit') return '0';
  return OTHERS.find(([pattern]) => pattern.test(lower))?.[1](index) ?? `value ${index + 1}`;
}
