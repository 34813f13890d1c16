import type {
  FilterLinesArguments,
  FilterLinesResult,
} from '../generated/handlers/filter-lines.js';
import type { OwnHandler } from '../runtime/handler.js';

/** What has arrived is on the shelf, and counted there. */
export const handler: OwnHandler<FilterLinesArguments, FilterLinesResult> = ({ lines }) => ({
  lines: lines.filter(({ state }) => state !== 'arrived'),
});
