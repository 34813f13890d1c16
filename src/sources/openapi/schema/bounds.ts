import type { JsonSchema } from '../../../blueprint/types.js';
import { child, type Node } from '../node.js';
import { BOUND_PAIRS, COUNT_BOUNDS, NUMBER_BOUNDS } from './keywords.js';

/**
 * Numeric keywords that are what they must be; everything else (`minimum: "x"`, NaN, negative lengths, a lower bound above
 * the upper one) is left out. Reads the boolean `exclusiveMinimum` of OpenAPI 2.0 and 3.0.
 */
export function readBounds(node: Node): JsonSchema {
  const bounds: Record<string, number> = {};
  for (const keyword of NUMBER_BOUNDS) {
    const value = number(child(node, keyword).value);
    if (value !== undefined && (keyword !== 'multipleOf' || value > 0)) bounds[keyword] = value;
  }
  for (const keyword of COUNT_BOUNDS) {
    const value = number(child(node, keyword).value);
    if (value !== undefined && Number.isInteger(value) && value >= 0) bounds[keyword] = value;
  }
  for (const [inclusive, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const value = bounds[inclusive];
    if (child(node, exclusive).value !== true || value === undefined) continue;
    bounds[exclusive] = value;
    delete bounds[inclusive];
  }
  for (const [low, high] of BOUND_PAIRS) {
    if ((bounds[low] ?? -Infinity) <= (bounds[high] ?? Infinity)) continue;
    delete bounds[low];
    delete bounds[high];
  }
  return bounds;
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}
