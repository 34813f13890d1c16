import type { SqlColumn, SqlDialect } from './database.js';

const BITS: readonly [RegExp, number][] = [
  [/^tinyint/, 8],
  [/^(smallint|int2|smallserial)/, 16],
  [/^mediumint/, 24],
  [/^(integer|int4?\b|serial)/, 32],
];

/** What a whole number of the type can be, which is 64 bits where the type does not say, and always in SQLite. */
export function integerRange(
  { kind, type }: Pick<SqlColumn, 'kind' | 'type'>,
  dialect: SqlDialect,
): { min: bigint; max: bigint } {
  const name = type.trim().toLowerCase();
  const isNarrow = kind === 'integer' && dialect !== 'sqlite';
  const known = isNarrow ? BITS.find(([pattern]) => pattern.test(name))?.[1] : 64;
  const bits = BigInt(known ?? 64);
  const isUnsigned = dialect === 'mysql' && /\bunsigned\b/.test(name);
  if (isUnsigned) return { min: 0n, max: 2n ** bits - 1n };
  return { min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n };
}

/** Digits after the point that a decimal type keeps; undefined where it does not say. */
export function fractionOf(type: string): number | undefined {
  const found = /^(?:numeric|decimal|dec|fixed)\s*\(\s*\d+\s*(?:,\s*(\d+)\s*)?\)/i.exec(
    type.trim(),
  );
  return found === null ? undefined : Number(found[1] ?? 0);
}
