import type { SqlDatabase } from '../../../blueprint/database.js';
import { namedIn } from './named-in.js';

/** Texts in single quotes and comments hold no names; names in quotes are kept. */
const NO_NAMES = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;
/** `SELECT *`, `t.*` and `, *`, and neither `count(*)` nor a product. */
const EVERY_COLUMN = /(?:\bselect\s+(?:all\s+|distinct\s+)?|\.\s*|,\s*)\*/i;

/**
 * The masked columns that a statement may read, as `table.column`: those that it names beside their table, and all of a table
 * beside a star. A name of another table counts too, for nobody reads the statement here.
 */
export function maskedNames(text: string, { tables }: Pick<SqlDatabase, 'tables'>): string[] {
  const plain = text.replace(NO_NAMES, ' ');
  const isNamed = namedIn(plain);
  const takesAll = EVERY_COLUMN.test(plain);
  return Object.entries(tables).flatMap(([called, table]) => {
    if (!isNamed(table.name)) return [];
    return Object.entries(table.columns)
      .filter(([name, { masked, name: own = name }]) => {
        return masked === true && (takesAll || isNamed(own));
      })
      .map(([name]) => `${called}.${name}`);
  });
}
