import type { SumLinesArguments, SumLinesResult } from '../generated/handlers/sum-lines.js';
import type { OwnHandler } from '../runtime/handler.js';

export const handler: OwnHandler<SumLinesArguments, SumLinesResult> = ({ lines }) => {
  const pieces = new Map<string, number>();
  for (const line of lines) pieces.set(line.sku, (pieces.get(line.sku) ?? 0) + line.pieces);
  return { pieces: Object.fromEntries(pieces) };
};
