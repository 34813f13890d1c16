import type { TypeUse } from './catalogue.js';
import { builtin, typeKey } from './type-use.js';

/** Each can be made into those behind it. */
export const NUMBERS = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];
const TEXTS = ['bpchar', 'name', 'varchar', 'text'];
const TIMES = ['date', 'timestamp', 'timestamptz'];

/** Whether a value is a bare string or null, which takes the type of what it stands beside. */
export const untyped = ({ base }: TypeUse): boolean => base === 'unknown';

/**
 * The type of CASE, COALESCE, UNION and the like, by those of their parts (PostgreSQL, "UNION, CASE, and Related Constructs").
 * A modifier stays only where all have it.
 */
export function commonType(types: readonly (TypeUse | undefined)[]): TypeUse | undefined {
  if (types.includes(undefined)) return undefined;
  const all = types as TypeUse[];
  const known = all.filter((type) => !untyped(type));
  const [first] = known;
  if (!first) return all.length > 0 ? builtin('text') : undefined;
  const same = known.every((type) => typeKey(type) === typeKey(first));
  if (same) {
    const exact = all.every(
      ({ printed, modifier }) => printed === first.printed && modifier === first.modifier,
    );
    if (exact || typeof first.base !== 'string') return first;
    return { ...builtin(first.base), array: first.array };
  }
  if (known.some(({ array, base }) => array || typeof base !== 'string')) return undefined;
  const names = known.map(({ base }) => String(base));
  const family = [NUMBERS, TEXTS, TIMES].find((one) => names.every((name) => one.includes(name)));
  if (!family) return undefined;
  // Within a family the first type that all others become wins; of texts only text is preferred.
  const widest = family[Math.max(...names.map((name) => family.indexOf(name)))];
  return family === TEXTS && !names.includes('text')
    ? builtin(names[0] ?? 'text')
    : builtin(widest ?? 'text');
}
