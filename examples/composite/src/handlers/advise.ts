import type { AdviseArguments, AdviseResult } from '../generated/handlers/advise.js';
import type { OwnHandler } from '../runtime/handler.js';

/** A price that is not known is said to be unknown; it is never taken for nothing. */
export const handler: OwnHandler<AdviseArguments, AdviseResult> = ({
  needed,
  expected,
  prices,
}) => {
  const order = needed.flatMap(({ sku, name, pieces: wanted }, index) => {
    const pieces = wanted - (expected[sku] ?? 0);
    if (pieces <= 0) return [];
    const price = prices[index]?.cents;
    return [{ sku, name, pieces, cents: price === undefined ? null : price * pieces }];
  });
  return {
    order,
    cents: order.reduce((sum, { cents }) => sum + (cents ?? 0), 0),
    unknown: order.filter(({ cents }) => cents === null).map(({ sku }) => sku),
  };
};
