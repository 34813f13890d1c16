import type { ParseSlipsArguments, ParseSlipsResult } from '../generated/handlers/parse-slips.js';
import { UserInputError, type OwnHandler } from '../runtime/handler.js';

const LINE = /^(?<sku>[A-Z]{2}-\d{3});(?<pieces>\d+);(?<state>ordered|sent|arrived)$/;

type Line = ParseSlipsResult['lines'][number];

/** Lines of the form `BR-210;4;sent` below a heading. A line of another form is told with its place, never left out. */
export const handler: OwnHandler<ParseSlipsArguments, ParseSlipsResult> = ({ slips }) => ({
  lines: slips.flatMap(({ path, text }) => {
    const [, ...rows] = text.split(/\r?\n/);
    return rows.flatMap((row, index): Line[] => {
      if (row.trim() === '') return [];
      const { sku, pieces, state } = LINE.exec(row.trim())?.groups ?? {};
      if (sku === undefined)
        throw new UserInputError(`${path}, line ${index + 2}, is not sku;pieces;state: ${row}`);
      return [{ sku, pieces: Number(pieces), state: state as Line['state'] }];
    });
  }),
});
