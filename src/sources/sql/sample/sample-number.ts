import type { ColumnType } from '../model.js';
import type { CheckFacets } from '../read-checks/facets.js';

/** Steps between two bounds that hold no whole number. */
const STEPS = 10;

/**
 * A number for row `index` within the bounds of checks and type: from 1 upwards where that is allowed, else from the lower bound
 * upwards or from the upper one downwards. Of 64 bits and of exact decimals as text.
 */
export function sampleNumber(
  kind: string,
  type: ColumnType,
  facets: CheckFacets,
  index: number,
): number | string {
  const { minimum = type.unsigned ? 0 : -Infinity, maximum = Infinity } = facets;
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = facets;
  // One digit before the point and two behind need a precision of three.
  const digits = (type.precision ?? 10) - (type.scale ?? 0);
  const limit = digits < 1 ? 0 : 10 ** Math.min(digits, 15) - 1;
  const least = Math.max(Math.ceil(minimum), Math.floor(exclusiveMinimum) + 1, -limit);
  const most = Math.min(Math.floor(maximum), Math.ceil(exclusiveMaximum) - 1, limit);
  const isExact = kind === 'decimal' || kind === 'bigint';
  const hasFractions = kind === 'decimal' || kind === 'float';
  if (least > most && hasFractions) {
    const low = Math.max(minimum, exclusiveMinimum, least - 1);
    const high = Math.min(maximum, exclusiveMaximum, most + 1);
    const value = low + ((high - low) * ((index % (STEPS - 1)) + 1)) / STEPS;
    return isExact ? value.toFixed(Math.min(type.scale ?? 3, 20)) : value;
  }
  const value = withinWhole(least, most, index);
  return isExact ? String(value) : value;
}

/** Upwards first, then from where that began downwards; the upper bound again where there are no more. */
function withinWhole(least: number, most: number, index: number): number {
  const start = Math.min(Math.max(least, 1), most);
  if (start + index <= most) return start + index;
  const below = start - (index - (most - start));
  return below >= least ? below : most;
}
